//go:build tools

// Package tools pins the modules that hold the schemas of OpenShift's and cert-manager's kinds.
package tools

import (
	_ "github.com/cert-manager/cert-manager/pkg/apis/certmanager/v1"
	_ "github.com/openshift/api/route/v1"
)
