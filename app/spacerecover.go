package app

import (
	"context"
	"strings"

	"rapport/app/bridge"
	"rapport/app/kit"
	"rapport/data"
	"rapport/sync/space"
)

// recoverName is what getting one's spaces back is called wherever it is offered.
const recoverName = "Get my spaces back"

// recoverForm asks for the recovery key, and where the spaces lie. The key is shown
// as it is typed, so that it can be compared with the paper, and goes nowhere but into
// the keyring.
type recoverForm struct {
	*form
	key *kit.Field
	at  *placeFields
}

func newRecoverForm(bg *bridge.Bridge) *recoverForm {
	r := &recoverForm{form: newForm(bg)}
	r.key = r.field("Recovery key", kit.NewArea("as it was printed, with or without the hyphens", 4))
	r.at = placeOrBundle(r.form, "the one that all of you see, as ~/Nextcloud/rapport", "tls://nats1.larkfield.example:4222",
		"All spaces of yours that lie in it come back.", "a file that a member exported, as larkfield.bundle")
	return r
}

// try checks what was typed, and then has it done off the window's goroutine. What is
// wrong is said in the form, which stays unless something came back.
func (r *recoverForm) try(do func(context.Context, string, whereabouts) ([]space.Recovered, error), done func([]space.Recovered, error)) {
	typed := strings.TrimSpace(r.key.Text())
	err := space.CheckRecoveryKey(typed)
	var at whereabouts
	if err == nil {
		at, err = r.at.answer()
	}
	if err != nil {
		r.say(err)
		return
	}
	r.waiting("Looking for your spaces")
	bridge.Load(r.bg, &r.slot, func(ctx context.Context) ([]space.Recovered, error) { return do(ctx, typed, at) }, func(list []space.Recovered, err error) {
		if err != nil && len(list) == 0 {
			r.say(err)
			return
		}
		r.key.SetText("")
		done(list, err)
	})
}

// recoverSpaces makes this laptop one of the person's and takes their spaces in.
func recoverSpaces(ctx context.Context, by sharer, typed string, at whereabouts) ([]space.Recovered, error) {
	if err := by.Recover(ctx, typed); err != nil {
		return nil, err
	}
	place, err := placeOf(ctx, by, at, nil)
	if err != nil {
		return nil, err
	}
	return by.RecoverSpaces(ctx, place, at.bundle)
}

// askRecovery asks for the recovery key on the page of sharing.
func (w *window) askRecovery() {
	r := newRecoverForm(w.bg)
	w.dialogSharing(r.form, "history", recoverName, "Get them back", func() {
		r.try(func(ctx context.Context, typed string, at whereabouts) ([]space.Recovered, error) {
			return recoverSpaces(ctx, w.sharer, typed, at)
		}, func(list []space.Recovered, err error) {
			w.dismiss()
			w.showRecovered(list, err)
		})
	})
}

// showRecovered opens the first space that came back and says which did; failed is why
// others did not.
func (w *window) showRecovered(list []space.Recovered, failed error) {
	if len(list) > 0 {
		w.openAt(route{place: placeSharing}, target{item: list[0].Space.ID})
	}
	w.say(recoveredWords(list))
	if failed != nil {
		w.fail(failed)
	}
}

// recoveredWords say which spaces are here again.
func recoveredWords(list []space.Recovered) string {
	var back, here []string
	for _, r := range list {
		if r.Again {
			here = append(here, r.Space.Name)
		} else {
			back = append(back, r.Space.Name)
		}
	}
	var words []string
	if len(back) > 0 {
		words = append(words, data.JoinAnd(back)+isAre(len(back))+"on this laptop again")
	}
	if len(here) > 0 {
		words = append(words, data.JoinAnd(here)+isAre(len(here))+"here already")
	}
	return strings.Join(words, "; ")
}

func isAre(n int) string {
	if n == 1 {
		return " is "
	}
	return " are "
}
