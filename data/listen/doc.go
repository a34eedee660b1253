// Package listen reads what customers wrote for what they may have wanted us to
// hear, and proposes it as feedback with the words that it rests on. It refuses to
// log anything: a person confirms or dismisses.
package listen
