package app

import (
	"context"
	"os"
	"strings"

	"fyne.io/fyne/v2"

	"rapport/app/kit"
	"rapport/data"
	"rapport/sync/space"
)

// placeFields ask where a space is carried: in a folder that all see, on a hub, or,
// where that is offered, in a bundle.
type placeFields struct {
	on                              *kit.Segmented
	folder, hub, opener, ca, bundle *kit.Field
	one                             *kit.Checkbox
}

// whereabouts are the answers of placeFields.
type whereabouts struct {
	folder      string
	servers     []string
	credentials string // a file
	ca          string // a file, or ""
	one         bool   // a hub of one server will do
	bundle      string // a file
}

// placeIn adds the fields to a form, those of a folder first; note says more of the
// folder, or "".
func placeIn(f *form, folder, hub, note string) *placeFields {
	return placeOrBundle(f, folder, hub, note, "")
}

// placeOrBundle is placeIn that offers a bundle too, unless its words are "".
func placeOrBundle(f *form, folder, hub, note, bundle string) *placeFields {
	p := &placeFields{}
	ways := []string{"A folder", "Our own hub"}
	if bundle != "" {
		ways = append(ways, "A bundle")
	}
	var inFolder, onHub, inBundle []fyne.CanvasObject
	show := func(on int) {
		for i, rows := range [][]fyne.CanvasObject{inFolder, onHub, inBundle} {
			for _, row := range rows {
				if i == on {
					row.Show()
				} else {
					row.Hide()
				}
			}
		}
		if f.changed != nil {
			f.changed()
		}
	}
	p.on = kit.NewSegmented(ways, 0, show)
	f.add("Carried by", kit.NewRow(0, p.on))
	begin := len(f.rows)
	p.folder = f.field("Folder", kit.NewField(folder))
	if note != "" {
		f.rows = append(f.rows, besideLabel(kit.NewParagraph(kit.Small, kit.Ink2, note)))
	}
	inFolder = f.rows[begin:len(f.rows):len(f.rows)]
	begin = len(f.rows)
	p.hub = f.field("Hub", kit.NewField(hub))
	p.opener = f.field("Credentials", kit.NewField("the file that whoever runs it gave you"))
	p.ca = f.field("Authority", kit.NewField("the PEM file behind its certificates; else this laptop’s"))
	p.one = kit.NewCheckbox("one server only, for a test", false, nil)
	f.add("", kit.NewRow(0, p.one))
	f.rows = append(f.rows, besideLabel(kit.NewParagraph(kit.Small, kit.Ink2, "Servers that your team runs itself. What lies there is encrypted. The credentials go into the keyring.")))
	onHub = f.rows[begin:len(f.rows):len(f.rows)]
	if bundle != "" {
		begin = len(f.rows)
		p.bundle = f.field("Bundle", kit.NewField(bundle))
		inBundle = f.rows[begin:len(f.rows):len(f.rows)]
	}
	show(0)
	return p
}

// answer is what was said.
func (p *placeFields) answer() (whereabouts, error) {
	if p.on.On == 0 {
		path := ownPath(strings.TrimSpace(p.folder.Text()))
		if path == "" {
			return whereabouts{}, &data.Invalid{Field: "folder", Says: "name a folder that all of you see"}
		}
		return whereabouts{folder: path}, nil
	}
	if p.on.On == 2 {
		path := ownPath(strings.TrimSpace(p.bundle.Text()))
		if path == "" {
			return whereabouts{}, &data.Invalid{Field: "bundle", Says: "name the bundle’s file; a member exports one"}
		}
		return whereabouts{bundle: path}, nil
	}
	at := whereabouts{
		credentials: ownPath(strings.TrimSpace(p.opener.Text())),
		ca:          ownPath(strings.TrimSpace(p.ca.Text())),
		one:         p.one.On,
		servers:     strings.FieldsFunc(p.hub.Text(), func(r rune) bool { return r == ',' || r == ' ' }),
	}
	if at.credentials == "" {
		return at, &data.Invalid{Field: "credentials", Says: "name the file with your credentials; whoever runs the hub gave it to you"}
	}
	return at, nil
}

// smallFileMost is how long a file of credentials or certificates may be, in bytes.
const smallFileMost = 1 << 16

// placeOf is the place of an answer, off the window's goroutine; hinted are the
// servers of a hub that are known already. A bundle is no place: it is "".
func placeOf(ctx context.Context, by sharer, at whereabouts, hinted []string) (string, error) {
	if at.bundle != "" {
		return "", nil
	}
	if at.folder != "" {
		return by.Place(at.folder)
	}
	a := space.HubAccess{Servers: at.servers, One: at.one}
	if len(a.Servers) == 0 {
		a.Servers = hinted
	}
	if len(a.Servers) == 0 {
		return "", &data.Invalid{Field: "hub", Says: "name the hub, as tls://nats1.larkfield.example:4222"}
	}
	var err error
	if a.Credentials, err = smallFile("credentials", at.credentials, "these are none for a hub"); err != nil {
		return "", err
	}
	if at.ca != "" {
		if a.CA, err = smallFile("ca", at.ca, "this is no certificate"); err != nil {
			return "", err
		}
	}
	return by.HubPlace(ctx, a)
}

// smallFile is what a file holds that a field names; other is what one says that
// cannot be it.
func smallFile(field, path, other string) ([]byte, error) {
	info, err := os.Stat(path)
	if err == nil && (info.IsDir() || info.Size() > smallFileMost) {
		return nil, &data.Invalid{Field: field, Says: other}
	}
	var body []byte
	if err == nil {
		body, err = os.ReadFile(path)
	}
	if err != nil {
		return nil, &data.Problem{Kind: data.NoFile, About: path, Cause: err, Once: true}
	}
	return body, nil
}
