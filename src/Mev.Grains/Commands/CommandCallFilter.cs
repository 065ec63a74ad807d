using System.Collections.Concurrent;
using System.Reflection;
using Mev.Control.Commands;
using Mev.Control.Records;
using Mev.Grains.Abstractions.Commands;
using Microsoft.Extensions.Logging;

namespace Mev.Grains.Commands;

/// <summary>
/// What a silo lets through: of a command interface only calls with signed bytes whose signatures hold, and from
/// clients outside the silos otherwise only reads. Where a call says it comes from is the caller's word, so the second
/// rule is no boundary; the first one is the signature's.
/// </summary>
internal sealed partial class CommandCallFilter(
    ControlLog log, CommandVerifier verifier, TimeProvider time, ILogger<CommandCallFilter> logger)
    : IIncomingGrainCallFilter
{
    private const string OwnInterfaces = "Mev."; // the runtime's own calls are not ours to judge
    private const string HostedClient = "hosted-"; // a silo's own client, in its process

    private readonly ConcurrentDictionary<MethodInfo, Rule> _rules = new();

    private enum Rule
    {
        Open = 0,
        Inside = 1,
        Signed = 2,
    }

    public Task Invoke(IIncomingGrainCallContext context)
    {
        var rule = _rules.GetOrAdd(context.InterfaceMethod, RuleOf);
        if (rule == Rule.Signed) return InvokeSigned(context);
        if (rule == Rule.Inside && IsOutside(context.SourceId)) throw Refused(context, "it is for silos alone");
        return context.Invoke();
    }

    private async Task InvokeSigned(IIncomingGrainCallContext context)
    {
        if (await Problem(context.Request) is { } problem) throw Refused(context, problem);
        await context.Invoke();
    }

    private async ValueTask<string?> Problem(Orleans.Serialization.Invocation.IInvokable request)
    {
        var signed = 0;
        for (var i = 0; i < request.GetArgumentCount(); i++)
        {
            var argument = request.GetArgument(i);
            SignedEnvelope?[] envelopes = argument switch
            {
                SignedEnvelope envelope => [envelope],
                CommandOrder order => [order.Command, order.Proposal],
                _ => [],
            };
            foreach (var envelope in envelopes.OfType<SignedEnvelope>())
            {
                if (await Refusal(envelope.ToCommand()) is { } refusal) return refusal.Code;
                signed++;
            }
        }
        return signed == 0 ? CommandRefusal.SignatureMissing.Code : null;
    }

    /// <summary>The log vouches for what it has; everything else is verified as of now.</summary>
    private async ValueTask<CommandRefusal?> Refusal(SignedCommand command)
    {
        if (Knows(log.Current, command)) return null;
        var verdict = verifier.Verify(command, log.Current, time.GetUtcNow(), CommandVerifier.Grace);
        if (verdict.IsVerified) return null;
        try
        {
            var state = await log.CatchUp(); // the key may be new here
            return Knows(state, command)
                ? null
                : verifier.Verify(command, state, time.GetUtcNow(), CommandVerifier.Grace).Refusal;
        }
        catch (Journal.JournalUnavailableException)
        {
            return verdict.Refusal;
        }
    }

    private static bool Knows(ControlState state, SignedCommand command) =>
        LogAuthority.Find(state, command) is not null
        || (state.Proposals.TryGetValue(CommandVerifier.IdOf(command) ?? Guid.Empty, out var proposal)
            && command.IsSame(proposal.Envelope));

    private static Rule RuleOf(MethodInfo method)
    {
        var type = method.DeclaringType;
        if (type?.FullName?.StartsWith(OwnInterfaces, StringComparison.Ordinal) != true) return Rule.Open;
        if (type.IsDefined(typeof(CommandInterfaceAttribute), inherit: false)) return Rule.Signed;
        return method.IsDefined(typeof(ClientReadableAttribute), inherit: false) ? Rule.Open : Rule.Inside;
    }

    private static bool IsOutside(GrainId? source) => source is { } id && id.Type.IsClient()
        && !id.Key.ToString()!.StartsWith(HostedClient, StringComparison.Ordinal);

    private UnauthorizedAccessException Refused(IIncomingGrainCallContext context, string why)
    {
        var (call, source) = ($"{context.InterfaceName}.{context.MethodName}", context.SourceId?.ToString() ?? "");
        LogRefused(call, source, why);
        return new UnauthorizedAccessException(
            $"{call} is refused ({why}): sign a command and send it to the gateway (docs/control-plane.md)");
    }

    [LoggerMessage(1080, LogLevel.Warning, "A call of {Call} from {Source} is refused: {Why}")]
    private partial void LogRefused(string call, string source, string why);
}
