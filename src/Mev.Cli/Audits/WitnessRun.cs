using System.Text.Json;
using Mev.Cli.Gateways;
using Mev.Control.Checkpoints;
using Mev.Control.Signatures;
using Mev.Domain.Chain;

namespace Mev.Cli.Audits;

/// <summary>
/// Follows the checkpoints of a log and cosigns what continues what it cosigned last. A log that shows another history,
/// or less of it than before, ends the witness with an alarm, and the two notes are kept as the evidence.
/// </summary>
internal sealed class WitnessRun(
    GatewayClient gateway, LogKey log, string name, Ed25519PrivateKey key, WitnessState state, Output output,
    TimeProvider time)
{
    private const int PartitionsMax = 1_024;

    private string _trouble = "";

    /// <summary>Until it is ended, or for one round.</summary>
    /// <exception cref="CommandFailure">The log has two histories, or less of one than before.</exception>
    public async Task<int> Run(bool isOnce, TimeSpan interval, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                await Round(cancellationToken);
                _trouble = "";
            }
            catch (CommandFailure failure) when (failure.Code != ExitCode.VerificationFailed && !isOnce)
            {
                if (_trouble != failure.Message) await Console.Error.WriteLineAsync($"mevctl: {failure.Message}");
                _trouble = failure.Message;
            }
            if (isOnce) return ExitCode.Done;
            await Task.Delay(interval, time, cancellationToken);
        }
    }

    private async Task Round(CancellationToken cancellationToken)
    {
        var served = (await gateway.Get("/v1/audit", cancellationToken)).Items("partitions").Take(PartitionsMax)
            .ToDictionary(each => (int)each.Number("partition"), each => each.Number("size"));
        foreach (var partition in served.Keys.Union(state.Partitions()).Order())
        {
            var last = Last(partition);
            if (served.GetValueOrDefault(partition) > 0) await Watch(partition, last, cancellationToken);
            else if (last is not null) throw Alarm(partition, CheckpointDefect.Shrunk, "", "it shows none more");
        }
    }

    private async Task Watch(int partition, Checkpoint? last, CancellationToken cancellationToken)
    {
        var answer = await gateway.Get($"/v1/audit/{partition}/checkpoint", cancellationToken);
        var text = answer.Text("note");
        if (SignedNote.Parse(text) is not { } note || Checkpoint.Parse(note.Text) is not { } next)
            throw Alarm(partition, CheckpointDefect.Stranger, text, "it shows what is no checkpoint");
        if (next == last && log.OfPartition(partition).HasSigned(note)) return;
        var proof = last is not null && next.Size > last.Size
            ? await Proof(partition, last, next, text, cancellationToken)
            : [];
        var witness = new CheckpointWitness(log.OfPartition(partition), name, key, last);
        var cosigned = witness.Cosign(note, proof, (ulong)time.GetUtcNow().ToUnixTimeSeconds(), out var defect);
        if (cosigned is null) throw Alarm(partition, defect, text, Words(defect, last, next));
        state.Write(partition, cosigned); // before anybody sees the cosignature
        Tell(partition, next, cosigned);
    }

    private void Tell(int partition, Checkpoint checkpoint, SignedNote cosigned)
    {
        var (size, root) = (checkpoint.Size, checkpoint.Root);
        if (output.IsJson) output.JsonLine(new { partition, size, root = $"{root}", note = $"{cosigned}" });
        else output.Line($"partition {partition}: cosigned {size} records, root {root}");
    }

    private async Task<Digest[]> Proof(
        int partition, Checkpoint last, Checkpoint next, string note, CancellationToken cancellationToken)
    {
        try
        {
            var path = $"/v1/audit/{partition}/consistency?from={last.Size}&to={next.Size}";
            var answer = await gateway.Get(path, cancellationToken);
            return [.. answer.Items("proof").Select(GatewaySource.Hash)];
        }
        catch (CommandFailure failure) when (failure.Code != ExitCode.Unavailable)
        {
            throw Alarm(partition, CheckpointDefect.Forked, note, $"it proves no continuation: {failure.Message}");
        }
    }

    /// <summary>What is kept is believed only under both signatures.</summary>
    private Checkpoint? Last(int partition)
    {
        if (state.Read(partition) is not { } note) return null;
        var own = NoteKey.OfWitness(name, key.PublicKey);
        if (log.OfPartition(partition).HasSigned(note) && own.HasSigned(note)) return Checkpoint.Parse(note.Text);
        throw new CommandFailure(
            ExitCode.VerificationFailed,
            $"partition {partition}: what --state keeps is not signed by {log} and {own}. Another log, name or key has "
            + "another folder.");
    }

    private CommandFailure Alarm(int partition, CheckpointDefect defect, string note, string words)
    {
        var kept = state.KeepEvidence(partition, JsonSerializer.Serialize(new
        {
            partition,
            defect = $"{defect}",
            cosigned = state.Read(partition)?.ToString(),
            shown = note,
            at = time.GetUtcNow(),
        }));
        if (output.IsJson) output.JsonLine(new { partition, alarm = $"{defect}", text = words, evidence = kept });
        return new CommandFailure(
            ExitCode.VerificationFailed,
            $"AUDIT ALARM, {log.Name} partition {partition}, {defect}: {words}. Nothing is cosigned any more; the "
            + $"evidence is in '{kept}'.");
    }

    private static string Words(CheckpointDefect defect, Checkpoint? last, Checkpoint next) => defect switch
    {
        CheckpointDefect.NotSigned => "the log did not sign what it shows",
        CheckpointDefect.Shrunk => $"it shows {next.Size} records, and {last?.Size} were cosigned: it was set back",
        CheckpointDefect.Forked =>
            $"its {next.Size} records do not continue the {last?.Size} that were cosigned: it has two histories",
        _ => "it shows a checkpoint of another log",
    };
}
