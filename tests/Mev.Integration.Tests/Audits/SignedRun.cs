namespace Mev.Integration.Tests.Audits;

/// <summary>The folder of a run that was ended well, and what its log is known by; tests take copies.</summary>
public sealed class SignedRun : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("signed-run-");

    internal string Folder => _folder.FullName;

    internal string LogKey { get; private set; } = "";

    internal long Size { get; private set; }

    public async ValueTask InitializeAsync()
    {
        await using var host = await AuditedHost.StartComplete(Folder, HostProcess.Generator(400));
        LogKey = await host.LogKey();
        Assert.Equal(0, await host.Host.Terminate());
        Size = Mev.Control.Checkpoints.CheckpointFile.ReadAll(AuditedHost.Checkpoints(Folder, 1))
            .Max(note => Mev.Control.Checkpoints.Checkpoint.Parse(note!.Text)!.Size);
    }

    public ValueTask DisposeAsync()
    {
        _folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }
}
