namespace Mev.Cli.Sql;

/// <summary>A folder that only this user can look into, removed at the end.</summary>
internal sealed class PrivateFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mevctl-");

    public string File(string name) => Path.Combine(_folder.FullName, name);

    public void Dispose()
    {
        try
        {
            _folder.Delete(recursive: true);
        }
        catch (IOException failure)
        {
            Console.Error.WriteLine($"mevctl: {_folder.FullName} is left behind: {failure.Message}");
        }
    }
}
