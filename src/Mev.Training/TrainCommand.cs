using System.CommandLine;
using Mev.Adapters.DuckDb.Queries;
using Mev.Auctions;
using Mev.Domain.Learning;
using Mev.Journal.Stores;

namespace Mev.Training;

/// <summary><c>mev-train</c>: trains a model, tries it, and writes it if it passes every gate.</summary>
internal static class TrainCommand
{
    private const int OpportunitiesMax = 1_000_000;

    private static readonly Option<string> Store = new("--store")
    {
        Description = "The decision store: of a host that has ended, or a copy of it.",
        DefaultValueFactory = _ => "data/journal.decisions.duckdb",
    };

    private static readonly Option<ulong?> Market = new("--market")
    {
        Description = "Train on the simulated market of that seed instead: assumed rivals, and no model for a host.",
        HelpName = "seed",
    };

    private static readonly Option<int> Opportunities = new("--opportunities")
    {
        Description = "Opportunities of --market.",
        DefaultValueFactory = _ => 40_000,
    };

    private static readonly Option<string> Out = new("--out")
    {
        Description = "Folder for the model's file, which is named by its hash.",
        DefaultValueFactory = _ => "models",
    };

    private static readonly Option<string?> Strategy = new("--strategy")
    {
        Description = "Decisions of one strategy. Default all.",
    };

    private static readonly Option<DateTimeOffset?> From = new("--from")
    {
        Description = "Decided from then on. Default all.",
    };

    private static readonly Option<DateTimeOffset?> To = new("--to")
    {
        Description = "Decided before then. Default all.",
    };

    private static readonly Option<bool> Floor = new("--floor")
    {
        Description = "For the sampler that is steered to a land rate.",
    };

    private static readonly Option<string?> Against = new("--against")
    {
        Description = "File of the model that it has to match, or none. Default the one in force in the newest "
            + "decision, in the folder of --out.",
    };

    private static readonly Option<string?> Refused = new("--refused")
    {
        Description = "Folder for a model that a gate refuses, to look at or to try in the simulator.",
    };

    private static readonly Option<string> Seeds = new("--seeds")
    {
        Description = "Simulated markets in which the goals have to hold with the model.",
        HelpName = "A-B",
        DefaultValueFactory = _ => "64000-64019",
    };

    private static readonly Option<bool> Json = new("--json")
    {
        Description = "One JSON object on standard output.",
    };

    public static RootCommand Create()
    {
        var command = new RootCommand(
            "Trains the model of offsets on decisions and outcomes, tries it on later ones and in the simulated "
            + "market, writes it if it passes.")
        {
            Store, Market, Opportunities, Out, Strategy, From, To, Floor, Against, Refused, Seeds, Json,
        };
        command.SetAction((parsed, cancellationToken) => Task.FromResult(Run(parsed, cancellationToken)));
        return command;
    }

    private static int Run(ParseResult parsed, CancellationToken cancellationToken)
    {
        try
        {
            if (SeedRange.Read(parsed.GetValue(Seeds)!) is not { } seeds || seeds.First == seeds.Last)
                return Say(TrainExit.Usage, $"--seeds: write a range of 2 to {SeedRange.CountMax}, as 64000-64019");
            var run = parsed.GetValue(Market) is { } seed ? OfMarket(parsed, seed) : OfStore(parsed);
            return (run with { Seeds = seeds, IsJson = parsed.GetValue(Json) }).Run(cancellationToken);
        }
        catch (StoreUnavailableException failure)
        {
            return Say(TrainExit.Unavailable, failure.Message);
        }
        catch (InvalidDataException failure)
        {
            return Say(TrainExit.Usage, failure.Message);
        }
        catch (TooFewRowsException failure)
        {
            return Say(TrainExit.Failed, failure.Message);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return Say(TrainExit.Usage, $"--out: {failure.Message}");
        }
        catch (OperationCanceledException)
        {
            return Say(TrainExit.Failed, "interrupted: no model is written");
        }
    }

    private static TrainRun OfStore(ParseResult parsed)
    {
        var (path, who) = (parsed.GetValue(Store)!, parsed.GetValue(Strategy));
        var until = Ns(parsed.GetValue(To), long.MaxValue);
        var rows = TrainingRows.Read(path, who, Ns(parsed.GetValue(From), 0), until);
        var asked = parsed.GetValue(Against);
        var inForce = asked is null ? TrainingRows.ModelInForce(path, who, until) : null;
        return Basis(parsed) with
        {
            Rows = rows,
            Incumbent = Incumbent.Find(asked, inForce, parsed.GetValue(Out)!),
        };
    }

    private static TrainRun OfMarket(ParseResult parsed, ulong seed)
    {
        var opportunities = parsed.GetValue(Opportunities);
        if (opportunities is < 1 or > OpportunitiesMax)
            throw new InvalidDataException($"--opportunities: from 1 to {OpportunitiesMax}");
        var basis = Basis(parsed);
        return basis with
        {
            Rows = MarketRows.Of(seed, opportunities),
            How = basis.How with
            {
                Source = $"a simulated market with assumed rivals, seed {seed}",
                IsOfMarket = true,
            },
            Incumbent = Incumbent.Find(parsed.GetValue(Against), inForce: null, parsed.GetValue(Out)!),
        };
    }

    private static TrainRun Basis(ParseResult parsed) => new()
    {
        Terms = parsed.GetValue(Floor) ? FactoredTerms.Floor : FactoredTerms.Profit,
        Passed = parsed.GetValue(Out)!,
        Refused = parsed.GetValue(Refused),
    };

    private static int Say(int code, string message)
    {
        Console.Error.WriteLine($"mev-train: {message}");
        return code;
    }

    private static long Ns(DateTimeOffset? time, long otherwise) =>
        time is { } at ? (at.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) * 100 : otherwise;
}
