# Pictures: how much of one is open, and why one is not shown. No message may say that blurring protects anybody.

picture-covered =
    { $n ->
        [one] 1 picture, covered
       *[other] { $n } pictures, covered
    }
picture-of = picture { $n } of { $of }
picture-blurred = grey, blurred
picture-clearer = grey, blurred less
picture-coloured = in colour
picture-whole = whole
picture-more = { $key } more
picture-cover = { $key } covers
picture-coming = The picture is on its way.
picture-all = All of it is open.
picture-only = It is the only picture here.
picture-none-open = Nothing is open here.
picture-off = Pictures are not shown at this desk: [desk] pictures.
picture-no = No picture: { $why }
picture-not_here = the queue has only its description
picture-down = the line to the queue is down
picture-too_large = the file is too large
picture-unknown = the file is of no sort known here
picture-broken = the file is damaged
picture-failed = this machine could not decode it
picture-in-cells = Inside tmux or screen pictures are drawn in cells, not by the terminal.
