package jetstream

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/nats-io/nats.go"

	"rapport/sync/team"
)

// state is what a stream says of itself; while it says the same, it holds the
// same pieces.
type state struct {
	Created time.Time `json:"-"`
	First   uint64    `json:"first_seq"`
	Last    uint64    `json:"last_seq"`
	Count   uint64    `json:"messages"`
	Deleted int       `json:"num_deleted"`
}

type listing struct {
	state  state
	pieces []team.Piece
}

type infoReply struct {
	Created time.Time `json:"created"`
	Total   int       `json:"total"`
	Limit   int       `json:"limit"`
	Config  config    `json:"config"`
	State   struct {
		state
		Subjects map[string]uint64 `json:"subjects"`
	} `json:"state"`
}

func (h *Hub) info(ctx context.Context, question any) (infoReply, error) {
	var reply infoReply
	err := h.api(ctx, "STREAM.INFO."+streamOf(h.space), question, &reply)
	reply.State.Created = reply.Created
	return reply, err
}

// List returns the pieces of the space. It asks for their names only when the
// stream has changed since the last listing.
func (h *Hub) List(ctx context.Context) ([]team.Piece, error) {
	now, err := h.info(ctx, struct{}{})
	if err != nil {
		return nil, err
	}
	h.mu.Lock()
	held := h.held
	h.mu.Unlock()
	if held != nil && held.state == now.State.state {
		return slices.Clone(held.pieces), nil
	}
	pieces, err := h.names(ctx)
	if err != nil {
		return nil, err
	}
	h.mu.Lock()
	h.held = &listing{now.State.state, pieces} // what came since makes the next listing ask again
	h.mu.Unlock()
	return slices.Clone(pieces), nil
}

// names reads all subjects, page by page.
func (h *Hub) names(ctx context.Context) ([]team.Piece, error) {
	sizes := map[string][]int64{}
	for offset := 0; ; {
		page, err := h.info(ctx, map[string]any{"subjects_filter": piecesOf(h.space) + ">", "offset": offset})
		if err != nil {
			return nil, err
		}
		for subject := range page.State.Subjects {
			if p, ok := pieceOf(h.space, subject); ok {
				sizes[p.Name] = append(sizes[p.Name], p.Size)
			}
		}
		if offset += len(page.State.Subjects); offset >= page.Total || len(page.State.Subjects) == 0 {
			return h.sized(ctx, sizes)
		}
	}
}

// sized chooses each piece's size. Where broken ones lie beside a whole one, the
// whole one is looked for.
func (h *Hub) sized(ctx context.Context, sizes map[string][]int64) ([]team.Piece, error) {
	pieces := make([]team.Piece, 0, len(sizes))
	for name, all := range sizes {
		size := all[0]
		if len(all) > 1 {
			body, whole, _, err := h.find(ctx, name, "")
			if err != nil {
				return nil, err
			}
			if whole {
				size = int64(len(body))
			}
		}
		pieces = append(pieces, team.Piece{Name: name, Size: size})
	}
	return pieces, nil
}

// Get returns a piece, or team.ErrNotThere.
func (h *Hub) Get(ctx context.Context, name string) ([]byte, error) {
	if _, _, _, err := team.Parts(name); err != nil {
		return nil, err
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	body, whole, _, err := h.find(ctx, name, "")
	if err == nil && !whole {
		err = fmt.Errorf("%s: %w", name, team.ErrNotThere)
	}
	if err != nil {
		return nil, err
	}
	return body, nil
}

// find looks through what lies under a name for the bytes that it promises, and
// says which message was last under a subject.
func (h *Hub) find(ctx context.Context, name, subject string) (body []byte, whole bool, last uint64, err error) {
	from := uint64(1)
	for range 4 * tries {
		m, err := h.next(ctx, name, from)
		if err != nil || m == nil {
			return nil, false, last, err
		}
		if team.Fits(name, m.body) {
			return m.body, true, last, nil
		}
		if m.subject == subject {
			last = m.number
		}
		from = m.number + 1
	}
	return nil, false, last, nil
}

type message struct {
	subject string
	number  uint64
	body    []byte
}

// next returns the first message under a name from a number on, or nil. Any
// server answers; where it has none, the one that leads is asked, since others
// may lag.
func (h *Hub) next(ctx context.Context, name string, from uint64) (*message, error) {
	question, err := json.Marshal(map[string]any{"seq": from, "next_by_subj": piecesOf(h.space) + name + ".*"})
	if err != nil {
		return nil, err
	}
	reply, err := h.ask(ctx, &nats.Msg{Subject: "$JS.API.DIRECT.GET." + streamOf(h.space), Data: question})
	if err != nil {
		return nil, err
	}
	if reply.Header.Get("Status") == "" {
		number, err := strconv.ParseUint(reply.Header.Get("Nats-Sequence"), 10, 64)
		return &message{reply.Header.Get("Nats-Subject"), number, reply.Data}, err
	}
	var said struct {
		Message struct {
			Subject string `json:"subject"`
			Number  uint64 `json:"seq"`
			Data    []byte `json:"data"`
		} `json:"message"`
	}
	err = h.api(ctx, "STREAM.MSG.GET."+streamOf(h.space), json.RawMessage(question), &said)
	var no *refusal
	switch {
	case errors.As(err, &no) && no.Number == noMessage:
		return nil, nil
	case err != nil:
		return nil, err
	}
	return &message{said.Message.Subject, said.Message.Number, said.Message.Data}, nil
}

// PutNew puts a piece. It returns nil once most of the servers have stored it.
func (h *Hub) PutNew(ctx context.Context, name string, body []byte) error {
	if err := team.Fit(name, body); err != nil {
		return err
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	subject := subjectOf(h.space, name, len(body))
	after := uint64(0) // only where nothing lies yet, or after what is broken
	for range tries {
		err := h.publish(ctx, subject, after, body)
		var no *refusal
		if !errors.As(err, &no) || no.Number != wrongLast && no.Number != storeFailed {
			return err
		}
		_, whole, last, failed := h.find(ctx, name, subject)
		switch {
		case failed != nil:
			return failed
		case whole:
			return nil
		case no.Number == storeFailed:
			return err
		}
		after = last
	}
	return fmt.Errorf("%s: others put under its name all the time", name)
}

func (h *Hub) publish(ctx context.Context, subject string, after uint64, body []byte) error {
	question := &nats.Msg{Subject: subject, Data: body, Header: nats.Header{}}
	question.Header["Nats-Expected-Last-Subject-Sequence"] = []string{strconv.FormatUint(after, 10)}
	question.Header["Nats-Expected-Stream"] = []string{streamOf(h.space)}
	reply, err := h.ask(ctx, question)
	if err != nil {
		return err
	}
	var ack struct {
		Stream string `json:"stream"`
		Number uint64 `json:"seq"`
	}
	if err := json.Unmarshal(reply.Data, &ack); err != nil || ack.Stream != streamOf(h.space) || ack.Number == 0 {
		return errors.Join(fmt.Errorf("%s does not say that it stored the piece", h.about), err)
	}
	return nil
}
