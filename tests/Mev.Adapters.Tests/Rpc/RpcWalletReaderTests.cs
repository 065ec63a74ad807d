using Mev.Adapters.Solana.Rpc;
using Mev.Adapters.Tests.Simulator;
using Mev.Domain.Chain;
using Mev.Domain.Wallets;
using Mev.Simulator.Chain;

namespace Mev.Adapters.Tests.Rpc;

public sealed class RpcWalletReaderTests : WalletReaderContract
{
    protected override async Task<(IWalletReader Reader, TransactionSignature Final, IAsyncDisposable Owner)> Begin()
    {
        var simulator = await SimulatorRun.Start();
        var signatures = new List<TransactionSignature>();
        simulator.Chain.Happened += happened =>
        {
            if (happened is TransactionExecuted executed) signatures.Add(executed.Transaction.Signature);
        };
        simulator.Ticks.NextSlots(40);
        return (new RpcWalletReader(simulator.Rpc(), TimeProvider.System), signatures[0], simulator);
    }

    protected override IWalletReader Away() => new RpcWalletReader(new RpcClient(
        new RpcOptions { Endpoint = new Uri("http://127.0.0.1:9"), AttemptsMax = 1 }, TimeProvider.System, () => 0),
        TimeProvider.System);
}
