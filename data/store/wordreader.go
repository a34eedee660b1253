package store

// wordReader reads the words of mails beside the write that keeps them: that takes
// a tenth as long as the write.
type wordReader struct {
	mails   chan []mailToRead
	waiting []mailToRead // to be handed over together: each time wakes the reader
	wait    func() (*lexicon, error)
}

type mailToRead struct {
	n     int64
	words mailWords
}

func readWords() *wordReader {
	mails := make(chan []mailToRead, 16)
	return &wordReader{mails: mails, wait: aside(func() (*lexicon, error) {
		x := newLexicon()
		for list := range mails {
			for _, m := range list {
				x.read(m.n, m.words)
			}
		}
		return x, nil
	})}
}

func (r *wordReader) add(n int64, w mailWords) {
	r.waiting = append(r.waiting, mailToRead{n, w})
	if len(r.waiting) >= fewTogether {
		r.mails <- r.waiting
		r.waiting = nil
	}
}

// lexicon is what was read, all that was added.
func (r *wordReader) lexicon() *lexicon {
	r.mails <- r.waiting
	r.stop()
	x, _ := r.wait() // reading never fails
	return x
}

// stop ends it. It may be ended already, or never have begun.
func (r *wordReader) stop() {
	if r != nil && r.mails != nil {
		close(r.mails)
		r.mails = nil
	}
}
