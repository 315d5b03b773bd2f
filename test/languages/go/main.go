// Command program drives an inline program on the generated SDK through the Automation API: up, no changes, destroy.
package main

import (
	"context"
	"fmt"
	"os"

	"github.com/pulumi/pulumi/sdk/v3/go/auto"
	"github.com/pulumi/pulumi/sdk/v3/go/auto/optup"
	"github.com/pulumi/pulumi/sdk/v3/go/common/tokens"
	"github.com/pulumi/pulumi/sdk/v3/go/common/workspace"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"pulumi-aixplain/sdk/go/aixplain"
)

func program(ctx *pulumi.Context) error {
	key, err := aixplain.NewApiKey(ctx, "bot", &aixplain.ApiKeyArgs{
		Budget: pulumi.Float64(200),
		GlobalLimits: &aixplain.LimitsArgs{
			TokensPerDay: pulumi.Int(10),
			TokenType:    aixplain.TokenType_INPUT_TOKENS,
		},
		AssetLimits: aixplain.AssetLimitsArray{
			&aixplain.AssetLimitsArgs{Model: pulumi.String("openai/gpt-4o-mini/openai"), RequestsPerDay: pulumi.Int(3)},
		},
	})
	if err != nil {
		return err
	}
	model, err := aixplain.GetModel(ctx, &aixplain.GetModelArgs{Model: "openai/gpt-4o-mini/openai"})
	if err != nil {
		return err
	}
	ctx.Export("accessKey", key.AccessKey)
	ctx.Export("model", pulumi.String(model.Id))
	return nil
}

// The folder of the plugin is the argument; where Pulumi keeps its state, the environment says.
func run(ctx context.Context, plugin string) error {
	project := workspace.Project{
		Name:    tokens.PackageName("project"),
		Runtime: workspace.NewProjectRuntimeInfo("go", nil),
		Plugins: &workspace.Plugins{Providers: []workspace.PluginOptions{{Name: "aixplain", Path: plugin}}},
	}
	stack, err := auto.UpsertStackInlineSource(ctx, "go", "project", program, auto.Project(project))
	if err != nil {
		return err
	}
	up, err := stack.Up(ctx)
	if err != nil {
		return err
	}
	fmt.Println("created", (*up.Summary.ResourceChanges)["create"], "secret", up.Outputs["accessKey"].Secret, "model", up.Outputs["model"].Value)
	if _, err := stack.Up(ctx, optup.ExpectNoChanges()); err != nil {
		return err
	}
	fmt.Println("no changes")
	if _, err := stack.Destroy(ctx); err != nil {
		return err
	}
	fmt.Println("destroyed")
	return nil
}

func main() {
	if err := run(context.Background(), os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
