# Images : ce qui en est ouvert, et pourquoi une image n'est pas montrée. Aucun message ne dit que le flou protège.

picture-covered =
    { $n ->
        [one] 1 image, couverte
       *[other] { $n } images, couvertes
    }
picture-of = image { $n } sur { $of }
picture-blurred = grise, floue
picture-clearer = grise, moins floue
picture-coloured = en couleurs
picture-whole = entière
picture-more = { $key } plus
picture-cover = { $key } couvre
picture-coming = L'image arrive.
picture-all = Tout est ouvert.
picture-only = C'est la seule image ici.
picture-none-open = Rien n'est ouvert ici.
picture-off = Ce poste ne montre pas d'images : [desk] pictures.
picture-no = Pas d'image : { $why }
picture-not_here = la file n'a que sa description
picture-down = la liaison avec la file est coupée
picture-too_large = le fichier est trop grand
picture-unknown = le fichier est d'un type inconnu ici
picture-broken = le fichier est endommagé
picture-failed = cette machine n'a pas pu la décoder
picture-in-cells = Dans tmux ou screen, les images sont dessinées en cellules, pas par le terminal.
