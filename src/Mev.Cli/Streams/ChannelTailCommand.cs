using System.CommandLine;
using System.Globalization;
using Mev.Contracts.V1.Streams;
using Mev.Streaming.Clients;

namespace Mev.Cli.Streams;

/// <summary><c>tail CHANNEL</c>: what a channel of the stream brings, over restarts of the host.</summary>
internal static class ChannelTailCommand
{
    public static Command Create(CommandContext context)
    {
        var channel = new Argument<string>("channel")
        {
            Description = "decisions/PARTITION, submissions/PARTITION, audit/PARTITION, commands, policies, alerts, "
                + "posteriors, strategies, pools, state, limits.",
        };
        var from = new Option<ulong?>("--from")
        {
            Description = "Begin at this number of a lossless channel (0: its beginning) instead of at its end.",
            HelpName = "number",
        };
        var strategy = new Option<string?>("--strategy") { Description = "Decisions of this strategy only." };
        var limit = new Option<int?>("--limit", "-n") { Description = "End after so many values.", HelpName = "count" };
        var tail = new Command("tail", "Follow a channel of the stream until Ctrl-C.")
        {
            channel, from, strategy, limit,
        };
        return context.Runs(tail, async (parsed, gateway, output, cancellationToken) =>
        {
            var filter = new RecordFilter();
            if (parsed.GetValue(from) is { } number) filter.FromSeq = number;
            if (parsed.GetValue(strategy) is { } only) filter.Strategies.Add(only);
            var follower = new StreamFollower(parsed.GetValue(channel)!, filter);
            var client = new StreamClient(gateway.Url, TimeProvider.System)
            {
                Token = gateway.Token,
                Waiting = reason => Console.Error.WriteLine($"mevctl: waiting: {reason}"),
            };
            try
            {
                var left = parsed.GetValue(limit) ?? int.MaxValue;
                await foreach (var followed in client.Follow(follower, cancellationToken))
                    if (Print(parsed.GetValue(channel)!, followed, output) && --left <= 0) break;
                return ExitCode.Done;
            }
            catch (StreamEndedException failure)
            {
                throw new CommandFailure(ExitCode.Usage, failure.Message);
            }
        }, isEndless: true);
    }

    /// <summary>Prints what there is to see; whether it was a value.</summary>
    private static bool Print(string channel, FollowedMessage followed, Output output)
    {
        if (followed.Step == FollowStep.Progress) return false;
        var line = ChannelJson.Of(channel, followed.Message);
        if (followed.Step is FollowStep.Value or FollowStep.State)
        {
            output.Line(output.IsJson
                ? line
                : string.Create(CultureInfo.InvariantCulture, $"{followed.Message.Seq,10}  {line}"));
            return true;
        }
        Console.Error.WriteLine($"mevctl: {followed.Step}: {line}");
        return false;
    }
}
