//go:build ignore

// Command picture looks at a part of a PNG and fails where nothing is drawn on it: where it has fewer than 32
// colours, or where one colour covers more than 99.5% of it. Its arguments are the file and the part's x, y,
// width and height.
package main

import (
	"fmt"
	"image"
	"image/color"
	"image/png"
	"os"
	"strconv"
)

func main() {
	if err := look(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "picture:", err)
		os.Exit(1)
	}
}

func look(args []string) error {
	if len(args) != 5 {
		return fmt.Errorf("got %d arguments, want FILE X Y WIDTH HEIGHT", len(args))
	}
	var box [4]int
	for i, arg := range args[1:] {
		n, err := strconv.Atoi(arg)
		if err != nil {
			return err
		}
		box[i] = n
	}
	file, err := os.Open(args[0])
	if err != nil {
		return err
	}
	defer file.Close()
	picture, err := png.Decode(file)
	if err != nil {
		return fmt.Errorf("%s: %w", args[0], err)
	}
	part := image.Rect(box[0], box[1], box[0]+box[2], box[1]+box[3]).Intersect(picture.Bounds())
	if part.Empty() {
		return fmt.Errorf("%s: the window lies outside the screen", args[0])
	}
	return judge(picture, part)
}

func judge(picture image.Image, part image.Rectangle) error {
	count, most := map[color.Color]int{}, 0
	for y := part.Min.Y; y < part.Max.Y; y++ {
		for x := part.Min.X; x < part.Max.X; x++ {
			c := picture.At(x, y)
			count[c]++
			most = max(most, count[c])
		}
	}
	share := 100 * float64(most) / float64(part.Dx()*part.Dy())
	said := fmt.Sprintf("the window is %d×%d, with %d colours, the commonest on %.1f%% of it", part.Dx(), part.Dy(), len(count), share)
	if len(count) < 32 || share > 99.5 {
		return fmt.Errorf("%s: it is blank", said)
	}
	fmt.Println(said)
	return nil
}
