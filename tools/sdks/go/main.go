// Command sdks reads the schema of a Pulumi package from a file and writes its SDKs for Python and Go below a directory.
// `pulumi package gen-sdk` does the same where the CLI has the language hosts for it.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/blang/semver"
	gogen "github.com/pulumi/pulumi/pkg/v3/codegen/go"
	"github.com/pulumi/pulumi/pkg/v3/codegen/python"
	"github.com/pulumi/pulumi/pkg/v3/codegen/schema"
)

const tool = "pulumi-aixplain"

func main() {
	if len(os.Args) != 3 {
		fail(errors.New("usage: sdks <schema.json> <directory>"))
	}
	if err := generate(os.Args[1], os.Args[2]); err != nil {
		fail(err)
	}
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}

func generate(file, directory string) error {
	source, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	var spec schema.PackageSpec
	if err := json.Unmarshal(source, &spec); err != nil {
		return fmt.Errorf("reading %s: %w", file, err)
	}
	// Checked against the metaschema as well: the CLI would refuse what it does not allow.
	pkg, diagnostics, err := schema.BindSpec(spec, alone{}, schema.ValidationOptions{})
	if err != nil {
		return fmt.Errorf("binding the schema: %w", err)
	}
	if len(diagnostics) > 0 {
		return fmt.Errorf("the schema is not sound: %w", diagnostics)
	}
	pythonFiles, err := python.GeneratePackage(tool, pkg, nil, nil)
	if err != nil {
		return fmt.Errorf("generating for Python: %w", err)
	}
	goFiles, err := gogen.GeneratePackage(tool, pkg, nil)
	if err != nil {
		return fmt.Errorf("generating for Go: %w", err)
	}
	for language, files := range map[string]map[string][]byte{"python": pythonFiles, "go": goFiles} {
		for name, content := range files {
			if err := write(filepath.Join(directory, language, name), content); err != nil {
				return err
			}
		}
	}
	return nil
}

// alone is the loader of a package that refers to no other.
type alone struct{}

var errAlone = errors.New("the package refers to no other")

func (alone) LoadPackage(string, *semver.Version) (*schema.Package, error) { return nil, errAlone }

func (alone) LoadPackageV2(context.Context, *schema.PackageDescriptor) (*schema.Package, error) {
	return nil, errAlone
}

func write(path string, content []byte) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	return os.WriteFile(path, content, 0o644)
}
