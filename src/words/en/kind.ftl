# What sort of content it is.

kind-comment = comment
kind-post = post
kind-message = message
kind-review = review
kind-listing = listing
kind-profile = profile
kind-image = image
kind-video = video
kind-audio = audio
kind-other = other
