using System.Buffers.Text;
using System.Text.Json;
using Mev.Fixtures;
using Mev.Fixtures.Node;

namespace Mev.Integration.Tests.Control;

/// <summary>Clients that share no code with the gateway sign for it and are heard.</summary>
[Collection(ControlHostCollection.Name)]
public sealed class IndependentClientTests(ControlHost control)
{
    private static readonly string[] Covered =
        ["@method", "@authority", "@path", "@query", "content-digest", "content-type", "idempotency-key"];

    private static readonly NodePackages Packages = new(
        "the published code for signatures",
        Path.Combine(TestData.Repository, "tests", "Mev.Control.Tests", "Clients"),
        "signature-clients");

    [Theory]
    [InlineData("/v1/commands", """{"op":"ping"}""", "\"seq\":")]
    [InlineData("/v1/commands", """{"op":"resume","version":"1","reason":"x"}""", "two_person_required")]
    public async Task Openssl_and_curl_are_a_client(string path, string body, string expected)
    {
        var script = Path.Combine(TestData.Repository, "docs", "scripts", "sign.sh");
        var finished = await Programs.Run(
            script, control.Folder, control.KeyFile("operator-1"), control.Authority, path, body);
        Assert.True(finished.Output.Contains(expected, StringComparison.Ordinal), finished.All);
    }

    [Fact]
    public async Task What_npm_http_message_signatures_signs_is_carried_out()
    {
        var file = JsonDocument.Parse(await File.ReadAllTextAsync(control.KeyFile("operator-1"))).RootElement;
        using var process = Packages.Start(
            "sign.mjs", file.GetProperty("d").GetString()!, file.GetProperty("x").GetString()!,
            file.GetProperty("kid").GetString()!);
        var created = TimeProvider.System.GetUtcNow();
        const string Body = """{"op":"ping","reason":"from node"}""";
        await process.StandardInput.WriteLineAsync(JsonSerializer.Serialize(new
        {
            authority = control.Authority,
            path = "/v1/commands",
            body = Body,
            id = $"{Guid.CreateVersion7(created)}",
            nonce = Base64Url.EncodeToString(Guid.CreateVersion7(created).ToByteArray()),
            created = created.ToUnixTimeSeconds(),
            expires = created.ToUnixTimeSeconds() + 30,
            fields = Covered,
        }));
        process.StandardInput.Close();
        var headers = JsonSerializer.Deserialize<Dictionary<string, string>>(
            (await process.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(60)))!)!;
        await process.WaitForExitAsync();

        var sent = await Programs.Run(
            "/usr/bin/curl", control.Folder,
            ["-sS", "-X", "POST", $"http://{control.Authority}/v1/commands", "--data-binary", Body,
                .. headers.SelectMany(header => new[] { "-H", $"{header.Key}: {header.Value}" })]);

        Assert.True(sent.Output.Contains("\"leaf_hash\":", StringComparison.Ordinal), sent.All);
    }
}
