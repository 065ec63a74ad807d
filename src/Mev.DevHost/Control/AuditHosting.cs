using Mev.Control.Checkpoints;
using Mev.Control.Signatures;
using Mev.Journal;
using Mev.Journal.Audit;
using Mev.Journal.Sqlite;
using Microsoft.Extensions.Options;

namespace Mev.DevHost.Control;

/// <summary>Says what this host signs the checkpoints of its journal with.</summary>
internal static class AuditHosting
{
    private const string DevelopmentKey = "audit-log";

    public static IServiceCollection AddAudit(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<AuditOptions>().Bind(configuration.GetSection(AuditOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<AuditOptions>, AuditOptionsValidator>();
        services.AddSingleton(TermsOf);
        return services;
    }

    /// <summary>Opens the trees and compares them with the journal, before anything is appended to it.</summary>
    /// <exception cref="OptionsValidationException">The key is not used, or the files are another log's.</exception>
    /// <exception cref="JournalUnavailableException">A file or the journal cannot be read or written.</exception>
    public static async Task OpenTrees(this IServiceProvider services)
    {
        try
        {
            await services.GetRequiredService<AuditTrees>().Open();
        }
        catch (InvalidDataException failure)
        {
            throw Refused(failure.Message);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            var folder = services.GetRequiredService<CheckpointTerms>().Folder;
            throw new JournalUnavailableException(
                $"Audit:Folder '{folder}': {failure.Message} Make room, or make it writable for this user.", failure);
        }
    }

    private static CheckpointTerms TermsOf(IServiceProvider services)
    {
        var options = services.GetRequiredService<IOptions<AuditOptions>>().Value;
        var isLive = services.GetRequiredService<IOptions<ExecutionOptions>>().Value.Mode == ExecutionMode.Live;
        var folder = services.GetRequiredService<IOptions<TrustRootOptions>>().Value.DevelopmentFolder;
        var journal = services.GetRequiredService<IOptions<SqliteLogOptions>>().Value.Path;
        if (options.KeyPath.Length == 0)
        {
            if (isLive)
            {
                throw Refused(
                    "Audit:KeyPath is not set: Live signs the checkpoints of its journal. 'mevctl keys generate FILE' "
                    + "makes a key");
            }
            if (!services.GetRequiredService<IHostEnvironment>().IsDevelopment()) return CheckpointTerms.None;
        }
        else if (isLive
            && Path.GetFullPath(options.KeyPath) == Path.GetFullPath(DevelopmentKeys.PathOf(folder, DevelopmentKey)))
        {
            throw Refused($"Audit:KeyPath '{options.KeyPath}' is the key of development: Live has one of its own");
        }
        return new CheckpointTerms
        {
            Name = options.Name,
            Key = options.KeyPath.Length > 0
                ? Open(options.KeyPath)
                : DevelopmentKeys.OpenOrMake(folder, DevelopmentKey),
            Folder = options.Folder.Length > 0 ? options.Folder : CheckpointTerms.FolderBeside(journal),
            Partitions = services.GetRequiredService<CodeIdentity>().StrategyPartitions + 1,
        };
    }

    private static Ed25519PrivateKey Open(string path) =>
        KeyFile.Read(path, out var defect) ?? throw Refused(
            $"Audit:KeyPath '{path}' is not used ({defect}): it must be a key of 'mevctl keys generate', closed to all "
            + "other users (chmod 600)");

    private static OptionsValidationException Refused(string message) =>
        new(AuditOptions.Section, typeof(AuditOptions), [message]);
}
