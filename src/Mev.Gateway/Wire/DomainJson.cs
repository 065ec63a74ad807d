using System.Text.Json;
using System.Text.Json.Serialization;
using Mev.Domain.Chain;
using Mev.Domain.Decisions;
using Mev.Domain.Learning;
using Mev.Domain.Opportunities;
using Mev.Domain.Pools;

namespace Mev.Gateway.Wire;

/// <summary>
/// How domain values stand in JSON: amounts, slots and other 64-bit words as decimal strings (a reader's number may end
/// at 2^53), digests as hex, addresses as base58, enums by name. Counts are numbers.
/// </summary>
internal static class DomainJson
{
    public static void Configure(JsonSerializerOptions options)
    {
        options.Converters.Add(new JsonStringEnumConverter());
        options.Converters.Add(new TextConverter<ulong>());
        options.Converters.Add(new TextConverter<Lamports>());
        options.Converters.Add(new TextConverter<TokenAmount>());
        options.Converters.Add(new TextConverter<Slot>());
        options.Converters.Add(new TextConverter<Digest>());
        options.Converters.Add(new TextConverter<Pubkey>());
        options.Converters.Add(new TextConverter<PoolId>());
        options.Converters.Add(new TextConverter<OpportunityId>());
        options.Converters.Add(new TextConverter<PosteriorId>());
        options.Converters.Add(new TextConverter<DecisionId>());
        options.Converters.Add(new TextConverter<RandomKey>());
    }

    /// <summary>Writes a value as its invariant text; the gateway reads none of them.</summary>
    private sealed class TextConverter<T> : JsonConverter<T>
        where T : notnull
    {
        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            throw new NotSupportedException($"{typeof(T).Name} is only written");

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
            writer.WriteStringValue(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{value}"));
    }
}
