package markup

import (
	"strings"
	"testing"
)

func TestBlocksStandOnLinesOfTheirOwn(t *testing.T) {
	for html, want := range map[string]string{
		`<div>1: 5</div><blockquote type="cite">Dear Anna,<br>how are we?</blockquote><div>Bob</div>`: "1: 5\n> Dear Anna,\n> how are we?\nBob",
		`<div><div>one</div><div>two</div></div>three`:                                                "one\ntwo\nthree",
		`<table><tr><td>a</td> <td>b</td></tr><tr><td>c</td></tr></table>`:                            "a b\nc",
		`<p>one</p><p class="x">two</p>`:                                                              "one\n\ntwo",
		`<div>a<br><br>b</div>`:                                                                       "a\n\nb",
		`<BLOCKQUOTE>x<blockquote>y</blockquote>z</BLOCKQUOTE>w`:                                      "> x\n>> y\n> z\nw",
		`a</blockquote>b`: "a\nb",
		"<p>a\uf8f1b</p>": "ab",
		`<style>div{}</style><div>a &lt;div&gt; b</div>`:                                   "a <div> b",
		`a<svg><title>Logo</title></SVG>b<template>c</template><iframe src="x">d</iframe>`: "ab",
		`a&#27;[2J&#x1b;b&#233;`: "a[2Jbé",
		`a<svg>b`:                "ab",
		`no tags at all`:         "no tags at all",
		`an open <div end`:       "an open",
	} {
		if got := strings.TrimSpace(Text(html)); got != want {
			t.Errorf("%s\n%q, want\n%q", html, got, want)
		}
	}
}
