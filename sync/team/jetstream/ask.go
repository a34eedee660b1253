package jetstream

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/nats-io/nats.go"

	"rapport/data"
)

// patience is how long a question is asked again while the hub chooses a new
// leader or the connection comes back, and answer how long one is waited for.
const (
	patience = 20 * time.Second
	answer   = 4 * time.Second
)

// refusal is what JetStream says no with.
type refusal struct {
	Code   int    `json:"code"`
	Number int    `json:"err_code"`
	Says   string `json:"description"`
}

func (r *refusal) Error() string { return fmt.Sprintf("the hub says %s (%d)", r.Says, r.Number) }

// Numbers of JetStream's refusals (its errors.json).
const (
	noStream    = 10059
	noMessage   = 10037
	wrongLast   = 10071
	storeFailed = 10077 // also: one message too many under a subject
	noResources = 10023
	streamThere = 10058
)

// ask asks once and again until there is an answer, ctx ends or patience does.
func (h *Hub) ask(ctx context.Context, question *nats.Msg) (*nats.Msg, error) {
	limit, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	for wait := 50 * time.Millisecond; ; wait = min(2*wait, time.Second) {
		reply, err := h.once(limit, question)
		if err == nil || !transient(err) {
			return reply, h.explain(ctx, err)
		}
		select {
		case <-time.After(wait):
		case <-limit.Done():
			return nil, h.explain(ctx, err)
		}
	}
}

func (h *Hub) explain(ctx context.Context, err error) error {
	var no *refusal
	switch {
	case err == nil:
		return nil
	case ctx.Err() != nil:
		return ctx.Err()
	case errors.As(err, &no) && no.Number == noStream:
		return &data.Problem{Kind: data.HubNoSpace, About: h.about, Cause: err}
	case errors.As(err, &no) && (no.Number == noResources || no.Says == "maximum bytes exceeded" || no.Says == "insufficient storage resources available"):
		return &data.Problem{Kind: data.HubFull, About: h.about, Detail: no.Says, Cause: err}
	}
	return trouble(err, h.about)
}

// once asks and waits for one answer. JetStream's own refusals are *refusal.
func (h *Hub) once(ctx context.Context, question *nats.Msg) (*nats.Msg, error) {
	ctx, end := context.WithCancelCause(ctx)
	defer end(nil)
	c := &call{end: end}
	h.mu.Lock()
	h.calls[c] = true
	h.mu.Unlock()
	defer func() {
		h.mu.Lock()
		delete(h.calls, c)
		h.mu.Unlock()
	}()
	short, cancel := context.WithTimeout(ctx, answer)
	defer cancel()
	reply, err := h.nc.RequestMsgWithContext(short, question)
	if err != nil {
		if cause := context.Cause(ctx); cause != nil {
			return nil, cause
		}
		return nil, err
	}
	var said struct {
		Error *refusal `json:"error"`
	}
	if json.Unmarshal(reply.Data, &said) == nil && said.Error != nil && reply.Header.Get("Nats-Subject") == "" {
		return nil, said.Error
	}
	return reply, nil
}

// transient says whether asking again may help: nobody leads just now, the
// answer was lost, or the connection is coming back.
func transient(err error) bool {
	var no *refusal
	if errors.As(err, &no) {
		return no.Code == 503 && no.Number != storeFailed && no.Number != noResources
	}
	for _, e := range []error{nats.ErrNoResponders, nats.ErrReconnectBufExceeded, nats.ErrDisconnected, nats.ErrConnectionReconnecting,
		nats.ErrTimeout, nats.ErrStaleConnection, context.DeadlineExceeded} {
		if errors.Is(err, e) {
			return true
		}
	}
	return false
}

// api asks JetStream's own interface.
func (h *Hub) api(ctx context.Context, verb string, question, reply any) error {
	body, err := json.Marshal(question)
	if err != nil {
		return err
	}
	got, err := h.ask(ctx, &nats.Msg{Subject: "$JS.API." + verb, Data: body})
	if err != nil || reply == nil {
		return err
	}
	if err := json.Unmarshal(got.Data, reply); err != nil {
		return &data.Problem{Kind: data.ServerSaid, About: h.about, Cause: err}
	}
	return nil
}
