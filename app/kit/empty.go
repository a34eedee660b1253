package kit

import "fyne.io/fyne/v2"

// NewEmpty returns what a place shows while it has nothing: a picture, what belongs here, why it is
// empty, and one or two steps. picture is NewCirclesSmall or an Icon of 36.
func NewEmpty(picture fyne.CanvasObject, title, text string, actions ...fyne.CanvasObject) fyne.CanvasObject {
	items := []fyne.CanvasObject{picture, NewText(Heading, title).Center(), NewParagraph(Small, Ink2, text).Center()}
	if len(actions) > 0 {
		items = append(items, NewSpace(2), centered(NewRow(10, actions...)))
	}
	return newMiddle(NewStack(6, items...), 264)
}

// NewDone returns what a place shows when all of it is done.
func NewDone(icon, title, text string, actions ...fyne.CanvasObject) fyne.CanvasObject {
	return NewEmpty(NewIcon(icon, 40, Accent), title, text, actions...)
}

// NewFailed returns what a place shows when it could not be filled: what happened, what is safe,
// and the next step.
func NewFailed(icon, title, text string, actions ...fyne.CanvasObject) fyne.CanvasObject {
	return NewEmpty(NewIcon(icon, 40, Alert), title, text, actions...)
}

// centered puts an object in the middle of the width.
func centered(o fyne.CanvasObject) fyne.CanvasObject {
	return NewColumns(0, []Col{Flex(1), Fit(), Flex(1)}, NewSpring(), o, NewSpring())
}
