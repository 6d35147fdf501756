//go:build tools

// Package tools pins the module of the program that holds objects against schemas.
package tools

import _ "github.com/yannh/kubeconform/cmd/kubeconform"
