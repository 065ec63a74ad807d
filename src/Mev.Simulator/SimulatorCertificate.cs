using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Mev.Simulator;

/// <summary>TLS on the simulator's ports, where a certificate is named; in the clear otherwise.</summary>
internal sealed class SimulatorCertificate(SimulatorOptions options) : IDisposable
{
    private readonly X509Certificate2? _certificate = options.CertificatePath.Length == 0
        ? null
        : X509Certificate2.CreateFromPemFile(options.CertificatePath, options.CertificateKeyPath);

    /// <summary>
    /// Sets what a port speaks. In the clear it speaks one version of HTTP (gRPC needs 2, and clients of JSON-RPC speak
    /// 1.1); by TLS the client chooses.
    /// </summary>
    public void Use(ListenOptions port, HttpProtocols inTheClear)
    {
        port.Protocols = _certificate is null ? inTheClear : HttpProtocols.Http1AndHttp2;
        if (_certificate is not null) port.UseHttps(_certificate);
    }

    public void Dispose() => _certificate?.Dispose();
}
