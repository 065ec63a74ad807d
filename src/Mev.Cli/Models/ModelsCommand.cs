using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Mev.Cli.Control;
using Mev.Cli.Gateways;

namespace Mev.Cli.Models;

/// <summary><c>models</c>: which model gives offsets, and another in its place.</summary>
internal static class ModelsCommand
{
    public static Command Create(CommandContext context)
    {
        var command = context.Runs(
            new Command("models", "The model in force and the files that may take its place; activate one."),
            async (_, gateway, output, cancellationToken) =>
            {
                var models = await gateway.Get("/v1/models", cancellationToken);
                if (output.IsJson) output.Json(models);
                else Print(models, output);
                return ExitCode.Done;
            });
        command.Add(Activate(context));
        return command;
    }

    /// <summary>The model of an answer in words, with what keeps it from giving offsets.</summary>
    public static string InWords(JsonElement model)
    {
        if (model.Text("problem") is { Length: > 0 } problem) return $"{model.Text("current")}, NOT USED: {problem}";
        return model.IsThere("current")
            ? model.Text("current") + (model.Text("isStale") == "yes" ? ", too old: offsets are 0" : "")
            : "none: offsets are 0";
    }

    private static Command Activate(CommandContext context)
    {
        var model = new Argument<string>("model")
        {
            Description = "The hash of a file, as 'models' shows it; 'previous' for a roll back; 'none'.",
        };
        var (key, reason) = (OperatorKey.Option(), ReasonOption.Create());
        return context.Runs(
            new Command("activate", "Propose that a model is put in force; another person approves.")
            {
                model, key, reason,
            },
            async (parsed, gateway, output, cancellationToken) =>
            {
                using var signing = OperatorKey.Open(parsed.GetRequiredValue(key));
                var models = await gateway.Get("/v1/models", cancellationToken);
                var receipt = await new SigningClient(gateway, signing).Propose(
                    new
                    {
                        op = "model.activate",
                        model = parsed.GetRequiredValue(model),
                        version = $"{models.Number("offset.changes") + 1}",
                        reason = parsed.GetRequiredValue(reason),
                    },
                    cancellationToken);
                return Receipts.Print(receipt, output);
            });
    }

    private static void Print(JsonElement models, Output output)
    {
        output.Fields(
            ("in force", InWords(models.At("offset"))),
            ("trained to", Time(models.At("offset"))),
            ("before it", models.IsThere("offset.previous") ? models.Text("offset.previous") : "none"),
            ("changes", models.Count("offset.changes")));
        // lines, as a table would cut the hash that is to be copied
        foreach (var file in models.Items("files"))
        {
            var refusal = file.Text("refusal");
            var name = file.IsThere("id") ? file.Text("id") : file.Text("name");
            output.Line($"  {name}  {Time(file)}  {(refusal.Length > 0 ? "not to be used:" : "would be taken")}");
            if (refusal.Length > 0) output.Line($"    {refusal}");
        }
    }

    private static string Time(JsonElement of) => of.Number("trainedToMs") is > 0 and var ms
        ? DateTimeOffset.FromUnixTimeMilliseconds(ms).ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture)
        : "";
}
