# What sort of content it is.

kind-comment = commentaire
kind-post = publication
kind-message = message
kind-review = avis
kind-listing = annonce
kind-profile = profil
kind-image = image
kind-video = vidéo
kind-audio = audio
kind-other = autre
