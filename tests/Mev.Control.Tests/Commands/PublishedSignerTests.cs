using System.Buffers.Text;
using System.Text.Json;
using CsCheck;
using Mev.Control.Commands;
using Mev.Control.Signatures;
using Mev.Control.Tests.Clients;
using Mev.Control.Tests.Keys;
using Mev.Control.Tests.Signatures;
using Mev.Fixtures;

namespace Mev.Control.Tests.Commands;

/// <summary>Requests that npm <c>http-message-signatures</c> signs.</summary>
public sealed class PublishedSignerTests
{
    private const string Seed = "n4Ni-HpISpVObnQMW0wOhCKROaIKqKtW_2ZYb2p9KcU"; // the published test key

    private static readonly string[] Components =
        ["@method", "@authority", "@path", "@query", "content-digest", "content-type", "idempotency-key"];

    [Fact]
    public async Task What_an_independent_client_signs_is_verified()
    {
        using var key = TestKey.Rfc9421();
        using var process = PublishedClients.Packages.Start(
            "sign.mjs", Seed, Base64Url.EncodeToString(key.PublicKey.ToArray()), key.PublicKey.Id.ToString());
        foreach (var command in Commands.Array[Soak.Times(50, 2_000)].Single())
        {
            var line = JsonSerializer.Serialize(new
            {
                authority = Requests.Authority,
                path = command.Path,
                body = command.Body,
                id = $"{Requests.CommandId}",
                nonce = Base64Url.EncodeToString(command.Nonce),
                created = command.Created,
                expires = command.Created + 30,
                fields = command.Fields,
            });
            await process.StandardInput.WriteLineAsync(line);
            await process.StandardInput.FlushAsync();
            var answer = await process.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(60));
            var headers = JsonSerializer.Deserialize<Dictionary<string, string>>(answer!)!;
            var verdict = Requests.Verify(new CommandRequest
            {
                Method = "POST",
                Host = Requests.Authority,
                Target = command.Path,
                Headers = [.. headers.Select(header => new HeaderLine(header.Key, header.Value))],
                Body = System.Text.Encoding.UTF8.GetBytes(command.Body),
            });
            Assert.True(verdict.IsVerified, $"{verdict.Refusal}: {line}");
        }
        process.StandardInput.Close();
        await process.WaitForExitAsync();
    }

    private static Gen<(string Path, string Body, byte[] Nonce, long Created, string[] Fields)> Commands { get; } =
        Gen.Select(
            Gen.OneOf<string>([.. CommandEndpoints.All.Order()]), Gen.Char[' ', '\u02ff'].Array[0, 40],
            Gen.Byte.Array[16], Gen.Long[-28, 2], Gen.Shuffle(Components))
            .Select((path, text, nonce, seconds, fields) => (
                path, $"{{\"op\":{JsonSerializer.Serialize(new string(text))}}}", nonce,
                Registries.NowMs / 1_000 + seconds, fields));
}
