package mail

import (
	"context"
	"io"
	"net"
)

// cutAfter dials connections of which each ends after so many bytes, twice as
// many for each that follows, so that a run comes to its end.
func cutAfter(n int64) func(ctx context.Context, network, address string) (net.Conn, error) {
	return func(ctx context.Context, network, address string) (net.Conn, error) {
		conn, err := (&net.Dialer{}).DialContext(ctx, network, address)
		if err != nil {
			return nil, err
		}
		limit := n
		n *= 2
		return &cutConn{Conn: conn, left: limit}, nil
	}
}

type cutConn struct {
	net.Conn
	left int64
}

func (c *cutConn) Read(p []byte) (int, error) {
	if c.left <= 0 {
		return 0, io.EOF
	}
	n, err := c.Conn.Read(p[:min(int64(len(p)), c.left)])
	c.left -= int64(n)
	return n, err
}
