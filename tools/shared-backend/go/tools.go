//go:build tools

// Package tools names the command to build, so that `go mod tidy` keeps everything it needs in go.mod and go.sum.
package tools

import _ "github.com/versity/versitygw/cmd/versitygw"
