using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Mev.Adapters.DuckDb.Queries;
using Mev.Domain.Learning;
using Mev.Domain.Models;
using Mev.Journal.Stores;

namespace Mev.Training;

/// <summary><c>mev-train</c>: trains a model on a decision store and writes it if it passes the gate.</summary>
internal static class TrainCommand
{
    private const int Done = 0;
    private const int Failed = 1;
    private const int Usage = 2;
    private const int Refused = 3;
    private const int Unavailable = 5;

    public static RootCommand Create()
    {
        var store = new Option<string>("--store")
        {
            Description = "The decision store: of a host that has ended, or a copy of it.",
            DefaultValueFactory = _ => "data/journal.decisions.duckdb",
        };
        var output = new Option<string>("--out")
        {
            Description = "Folder for the model's file, which is named by its hash.",
            DefaultValueFactory = _ => "models",
        };
        var strategy = new Option<string?>("--strategy") { Description = "Decisions of one strategy. Default all." };
        var from = new Option<DateTimeOffset?>("--from") { Description = "Decided from then on. Default all." };
        var to = new Option<DateTimeOffset?>("--to") { Description = "Decided before then. Default all." };
        var floor = new Option<bool>("--floor") { Description = "For the sampler that is steered to a land rate." };
        var (against, refused) = (Against(), Refuse());
        var json = new Option<bool>("--json") { Description = "One JSON object on standard output." };
        var command = new RootCommand(
            "Trains the model of offsets on decisions and outcomes, tries it on later ones, writes it if it passes.")
        {
            store, output, strategy, from, to, floor, against, refused, json,
        };
        command.SetAction(parsed =>
        {
            try
            {
                var (path, who) = (parsed.GetValue(store)!, parsed.GetValue(strategy));
                var until = Ns(parsed.GetValue(to), long.MaxValue);
                var rows = TrainingRows.Read(path, who, Ns(parsed.GetValue(from), 0), until);
                var terms = parsed.GetValue(floor) ? FactoredTerms.Floor : FactoredTerms.Profit;
                var folder = parsed.GetValue(output)!;
                var asked = parsed.GetValue(against);
                var inForce = asked is null ? TrainingRows.ModelInForce(path, who, until) : null;
                var incumbent = Incumbent.Find(asked, inForce, folder);
                return Train(rows, terms, incumbent, (folder, parsed.GetValue(refused)), parsed.GetValue(json));
            }
            catch (StoreUnavailableException failure)
            {
                return Say(Unavailable, failure.Message);
            }
            catch (InvalidDataException failure)
            {
                return Say(Usage, failure.Message);
            }
            catch (TooFewRowsException failure)
            {
                return Say(Failed, failure.Message);
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                return Say(Usage, $"--out: {failure.Message}");
            }
        });
        return command;
    }

    private static Option<string?> Against() => new("--against")
    {
        Description = "File of the model that it has to match, or none. Default the one in force in the newest "
            + "decision, in the folder of --out.",
    };

    private static Option<string?> Refuse() => new("--refused")
    {
        Description = "Folder for a model that the gate refuses, to look at or to try in the simulator.",
    };

    private static int Train(
        IReadOnlyList<TrainingRow> rows, FactoredTerms terms, OffsetModel? incumbent,
        (string Passed, string? Refused) folders, bool isJson)
    {
        var how = new TrainingTerms();
        var trained = OffsetTrainer.Train(
            rows, terms, how, incumbent, round => Console.Error.WriteLine($"round {round} of {how.Rounds} is through"));
        var refusals = trained.Gate.Refusals.ToArray();
        var folder = refusals.Length == 0 ? folders.Passed : folders.Refused;
        var path = folder is null ? null : Write(trained.Model, folder);
        if (isJson)
        {
            Console.WriteLine(JsonSerializer.Serialize(
                new
                {
                    rows = rows.Count,
                    model = $"{trained.Model.Id}",
                    incumbent = incumbent is null ? null : $"{incumbent.Id}",
                    path,
                    trained.Gate,
                    refusals,
                }));
        }
        else
        {
            Print(rows.Count, incumbent, trained.Gate);
            foreach (var refusal in refusals) Console.WriteLine($"refused: {refusal}");
            var use = refusals.Length == 0 ? "put in force with --Model:Path" : "not for a host: the gate refused it";
            if (path is not null) Console.WriteLine($"written: {path} ({use})");
        }
        return refusals.Length == 0 ? Done : Refused;
    }

    private static void Print(int rows, OffsetModel? incumbent, ModelGate gate)
    {
        var bands = string.Join(
            ", ", gate.CalibrationErrorByBand.Select(error => error.ToString("F4", CultureInfo.InvariantCulture)));
        var before = incumbent is null ? "without a model" : $"with the model in force ({incumbent.Id})";
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{rows} rows, {gate.Rows} tested on; Brier {gate.BrierBefore:F5} {before}, {gate.BrierAfter:F5} "
            + $"with it (95 % of the difference below {gate.DifferenceUpper:F5}); calibration error "
            + $"{gate.CalibrationError:F4}, by band of congestion {bands}"));
    }

    private static string Write(OffsetModel model, string folder)
    {
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, $"{model.Id}.model");
        File.WriteAllBytes(path, model.Bytes.Span);
        return path;
    }

    private static int Say(int code, string message)
    {
        Console.Error.WriteLine($"mev-train: {message}");
        return code;
    }

    private static long Ns(DateTimeOffset? time, long otherwise) =>
        time is { } at ? (at.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) * 100 : otherwise;
}
