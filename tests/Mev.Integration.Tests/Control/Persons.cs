using System.Buffers.Text;
using Mev.Control.Signatures;

namespace Mev.Integration.Tests.Control;

/// <summary>Further persons of a running cluster, registered by its two admins.</summary>
internal static class Persons
{
    private static readonly SemaphoreSlim Once = new(1, 1);

    /// <summary>A viewer, the same for all tests.</summary>
    public static async Task<string> Viewer(this ControlHost control)
    {
        const string Name = "viewer-1";
        await Once.WaitAsync();
        try
        {
            var keys = (await control.Host.Get("/v1/keys")).GetProperty("principals").EnumerateArray();
            if (keys.All(each => each.GetProperty("name").GetString() != Name))
                await control.Register(Name, "viewer", control.NewKey(Name));
            return Name;
        }
        finally
        {
            Once.Release();
        }
    }

    /// <summary>With a role, a key, and the proof that it is held.</summary>
    public static async Task Register(this ControlHost control, string name, string role, Ed25519PublicKey key)
    {
        await control.Add(name, role, key);
        Assert.Equal(202, (await control.Command(name, new { op = "key.confirm" })).Status);
    }

    /// <summary>With a role and a key that is not confirmed yet.</summary>
    public static async Task Add(this ControlHost control, string name, string role, Ed25519PublicKey key)
    {
        var set = await control.ByTwo(
            "admin-1", "admin-2", new { op = "role.set", principal = name, roles = new[] { role }, reason = "test" });
        Assert.True(set.Status == 202, $"{set}");
        await control.AddKey(name, key);
    }

    /// <summary>Another key of a person who is known.</summary>
    public static async Task AddKey(this ControlHost control, string name, Ed25519PublicKey key)
    {
        var added = await control.ByTwo("admin-2", "admin-1", new
        {
            op = "key.add",
            principal = name,
            x = Base64Url.EncodeToString(key.ToArray()),
            reason = "test",
        });
        Assert.True(added.Status == 202, $"{added}");
    }
}
