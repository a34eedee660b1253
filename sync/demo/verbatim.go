package demo

import (
	"bytes"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapserver"

	"rapport/data/sample"
)

// verbatim are the mails of a folder that the in-memory server would change on
// the way out: it parses each mail and writes it again, and gives nothing where
// it cannot parse. A real server hands over what it holds, and so does this one.
type verbatim map[imap.UID]sample.Mail

// differs says whether the in-memory server would hand over other bytes.
func differs(raw []byte) bool {
	return !bytes.Equal(imapserver.ExtractBodySection(bytes.NewReader(raw), &imap.FetchItemBodySection{}), raw)
}

// Select remembers the folder, for Fetch.
func (s *session) Select(name string, options *imap.SelectOptions) (*imap.SelectData, error) {
	selected, err := s.SessionIMAP4rev2.Select(name, options)
	s.selected = s.verbatim[name]
	if err != nil {
		s.selected = nil
	}
	return selected, err
}

// Fetch lets the in-memory server answer for all mails but the verbatim ones.
func (s *session) Fetch(w *imapserver.FetchWriter, set imap.NumSet, options *imap.FetchOptions) error {
	if len(s.selected) == 0 || len(options.BodySection) == 0 {
		return s.SessionIMAP4rev2.Fetch(w, set, options)
	}
	uids, err := s.uids(set)
	if err != nil {
		return err
	}
	var rest imap.UIDSet
	for _, uid := range uids {
		m, ok := s.selected[uid]
		if !ok {
			rest.AddNum(uid)
			continue
		}
		if err := s.fetchVerbatim(w, uid, m, options); err != nil {
			return err
		}
	}
	if len(rest) == 0 {
		return nil
	}
	return s.SessionIMAP4rev2.Fetch(w, rest, options)
}

// uids are the UIDs of a set, whatever numbers it is written in.
func (s *session) uids(set imap.NumSet) ([]imap.UID, error) {
	found, err := s.Search(imapserver.NumKindUID, criteria(set), &imap.SearchOptions{ReturnAll: true})
	if err != nil {
		return nil, err
	}
	return found.AllUIDs(), nil
}

func criteria(set imap.NumSet) *imap.SearchCriteria {
	if seq, ok := set.(imap.SeqSet); ok {
		return &imap.SearchCriteria{SeqNum: []imap.SeqSet{seq}}
	}
	return &imap.SearchCriteria{UID: []imap.UIDSet{set.(imap.UIDSet)}}
}

func (s *session) fetchVerbatim(w *imapserver.FetchWriter, uid imap.UID, m sample.Mail, options *imap.FetchOptions) error {
	found, err := s.Search(imapserver.NumKindSeq, criteria(imap.UIDSetNum(uid)), &imap.SearchOptions{ReturnAll: true})
	if err != nil {
		return err
	}
	number := found.AllSeqNums()
	if len(number) == 0 {
		return nil
	}
	out := w.CreateMessage(number[0])
	out.WriteUID(uid)
	if options.Flags {
		out.WriteFlags(flags(m))
	}
	if options.InternalDate {
		out.WriteInternalDate(m.At)
	}
	if options.RFC822Size {
		out.WriteRFC822Size(int64(len(m.Raw)))
	}
	for _, part := range options.BodySection {
		b := section(m.Raw, part)
		body := out.WriteBodySection(part, int64(len(b)))
		if _, err := body.Write(b); err != nil {
			return err
		}
		if err := body.Close(); err != nil {
			return err
		}
	}
	return out.Close()
}

// section is the part of a mail that was asked for, byte for byte where it is
// the whole mail, its header or its text.
func section(raw []byte, part *imap.FetchItemBodySection) []byte {
	if len(part.Part) > 0 || len(part.HeaderFields) > 0 || len(part.HeaderFieldsNot) > 0 {
		return imapserver.ExtractBodySection(bytes.NewReader(raw), part)
	}
	end := len(raw)
	if i := bytes.Index(raw, []byte("\r\n\r\n")); i >= 0 {
		end = i + 4
	}
	switch part.Specifier {
	case imap.PartSpecifierHeader:
		raw = raw[:end]
	case imap.PartSpecifierText:
		raw = raw[end:]
	}
	if part.Partial != nil {
		from := min(part.Partial.Offset, int64(len(raw)))
		to := min(from+part.Partial.Size, int64(len(raw)))
		raw = raw[from:to]
	}
	return raw
}

func flags(m sample.Mail) []imap.Flag {
	list := make([]imap.Flag, len(m.Flags))
	for i, f := range m.Flags {
		list[i] = imap.Flag(f)
	}
	return list
}
