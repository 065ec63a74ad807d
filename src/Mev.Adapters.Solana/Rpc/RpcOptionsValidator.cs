using Microsoft.Extensions.Options;

namespace Mev.Adapters.Solana.Rpc;

/// <summary>Checks the annotations of <see cref="RpcOptions"/> at start.</summary>
[OptionsValidator]
public sealed partial class RpcOptionsValidator : IValidateOptions<RpcOptions>;
