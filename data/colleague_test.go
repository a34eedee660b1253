package data

import (
	"reflect"
	"testing"
)

func TestMeetColleagues(t *testing.T) {
	maya := Address{Name: "Maya Lindqvist", Email: "maya@larkfield.example"}
	tomas := Address{Name: "Tomas Ott", Email: "tomas@larkfield.example"}
	for name, c := range map[string]struct{ seen, want []Colleague }{
		"nobody": {nil, nil},
		"whoever took part most comes first": {
			[]Colleague{{tomas, 2}, {maya, 5}}, []Colleague{{maya, 5}, {tomas, 2}}},
		"an entry that names its writer is theirs": {
			[]Colleague{{maya, 5}, {Address{Name: "maya lindqvist"}, 2}}, []Colleague{{maya, 7}}},
		"a name alone gets its address when that is seen": {
			[]Colleague{{Address{Name: "Maya Lindqvist"}, 1}, {maya, 5}}, []Colleague{{maya, 6}}},
		"two people of one name stay two": {
			[]Colleague{{maya, 1}, {Address{Name: maya.Name, Email: "m2@larkfield.example"}, 3}},
			[]Colleague{{Address{Name: maya.Name, Email: "m2@larkfield.example"}, 3}, {maya, 1}}},
	} {
		t.Run(name, func(t *testing.T) {
			if got := MeetColleagues(c.seen); !reflect.DeepEqual(got, c.want) {
				t.Errorf("got %v, want %v", got, c.want)
			}
		})
	}
}
