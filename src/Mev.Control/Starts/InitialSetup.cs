using System.Collections.Immutable;
using System.Text.Json;
using Mev.Control.Commands;
using Mev.Control.Keys;
using Mev.Control.Policies;
using Mev.Domain.Limits;

namespace Mev.Control.Starts;

/// <summary>The first registry and policy, read from the exact bytes that two admins signed.</summary>
/// <param name="Changes">Of the empty registry.</param>
/// <param name="Keys">The registry after them.</param>
/// <param name="Policy">Version 1.</param>
internal sealed record InitialSetup(ImmutableArray<KeyEvent> Changes, KeyRegistry Keys, Policy Policy)
{
    private static readonly JsonDocumentOptions Strict =
        new() { AllowDuplicateProperties = false, MaxDepth = CommandBody.DepthMax };

    /// <summary>Reads them as of a moment; null with what is wrong.</summary>
    public static InitialSetup? Read(ReadOnlyMemory<byte> initial, long nowMs, out string? problem)
    {
        try
        {
            using var json = JsonDocument.Parse(initial, Strict);
            if (json.RootElement.ValueKind == JsonValueKind.Object) return Read(json.RootElement, nowMs, out problem);
            problem = "the first registry and policy must be a JSON object";
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException)
        {
            problem = $"the first registry and policy are no JSON: {failure.Message}";
        }
        return null;
    }

    private static InitialSetup? Read(JsonElement root, long nowMs, out string? problem)
    {
        var members = new CommandMembers(root);
        members.Only("principals", "limits");
        var changes = KeyCommands.First(members, nowMs);
        var limits = members.Object("limits");
        var policy = PolicyCommands.First(limits);
        problem = members.Problem ?? limits.Problem;
        if (problem is not null) return null;
        var keys = KeyRegistry.Empty;
        foreach (var change in changes)
        {
            if (keys.Apply(change) is not { } next)
            {
                problem = $"the registry's rules refuse {change}";
                return null;
            }
            keys = next;
        }
        if (keys.AdminsAt(nowMs) < KeyRegistry.AdminsMin)
        {
            problem = $"{KeyRegistry.AdminsMin} admins with a key are needed, or nobody could change a key again";
            return null;
        }
        return new InitialSetup(changes, keys, policy);
    }
}
