package team

import (
	"sync"

	"github.com/klauspost/compress/zstd"
)

// The packer and the unpackers are made once: both may be used by several
// goroutines through their All methods.
var (
	packer = sync.OnceValue(func() *zstd.Encoder {
		w, err := zstd.NewWriter(nil, zstd.WithEncoderConcurrency(1), zstd.WithEncoderCRC(false))
		if err != nil {
			panic("bug: " + err.Error())
		}
		return w
	})
	unpacker = sync.OnceValue(func() *zstd.Decoder {
		r, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(maxText), zstd.WithDecoderMaxWindow(8<<20))
		if err != nil {
			panic("bug: " + err.Error())
		}
		return r
	})
)

// pack compresses text with zstd (RFC 8878).
func pack(text []byte) []byte { return packer().EncodeAll(text, nil) }

// unpack undoes pack, and refuses what would become larger than maxText.
func unpack(packed []byte) ([]byte, error) {
	text, err := unpacker().DecodeAll(packed, nil)
	if err != nil || len(text) > maxText {
		return nil, refuse(Forged, "what is packed in it is broken, or larger than it may be")
	}
	return text, nil
}
