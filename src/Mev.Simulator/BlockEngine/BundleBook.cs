namespace Mev.Simulator.BlockEngine;

/// <summary>The bundles that were sent; beyond the bound the oldest is forgotten. Inside the chain's gate.</summary>
internal sealed class BundleBook(BlockEngineOptions options)
{
    private readonly Dictionary<string, EngineBundle> _bundles = [];
    private readonly Queue<string> _order = new();

    /// <summary>Bundles forgotten beyond the bound.</summary>
    public long Forgotten { get; private set; }

    /// <summary>The bundle of an id; null for one that is not known.</summary>
    public EngineBundle? Find(string id) => _bundles.GetValueOrDefault(id);

    /// <summary>Keeps a bundle.</summary>
    public void Add(EngineBundle bundle)
    {
        if (!_bundles.ContainsKey(bundle.Id)) _order.Enqueue(bundle.Id);
        _bundles[bundle.Id] = bundle; // the same bytes sent again begin anew
        while (_order.Count > options.BundlesMax)
        {
            _bundles.Remove(_order.Dequeue());
            Forgotten++;
        }
    }
}
