using Mev.Adapters.DuckDb;
using Mev.Journal;
using Mev.Journal.Sinker;
using Mev.Journal.Stores.Rows;

namespace Mev.Adapters.Tests.Stores;

/// <summary>The contract on <see cref="DuckDbStore"/>.</summary>
public sealed class DuckDbStoreContractTests : DecisionStoreContract
{
    protected override IDecisionStore Open() => Parts.Store(Folder.File("decisions.duckdb"));

    protected override IReadOnlyList<(int Partition, long Offset, string Leaf, RecordState State)> Held(
        IDecisionStore store) => StoreFile.Records((DuckDbStore)store, Folder);
}
