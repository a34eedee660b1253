package app

import (
	"rapport/app/kit"
	"rapport/data"
)

// spaceIcon is the fixed icon of a kind of space: ours, or with others.
func spaceIcon(k data.SpaceKind) string {
	if k == data.JointSpace {
		return "handshake"
	}
	return "users"
}

// spaceTone is pine for what is ours and plum for what is shared outside.
func spaceTone(k data.SpaceKind) kit.Tone {
	if k == data.JointSpace {
		return kit.Customer
	}
	return kit.Ours
}
