using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Mev.Integration.Tests.Simulated;

/// <summary>A certificate of loopback that nobody else trusts, in files.</summary>
internal sealed record SimulatedCertificate(string Path, string KeyPath)
{
    public string[] Settings =>
        ["--Simulator:CertificatePath", Path, "--Simulator:CertificateKeyPath", KeyPath];

    public static SimulatedCertificate In(string folder)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        var request = new CertificateRequest("CN=simulator", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(names.Build());
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddHours(-1), now.AddDays(1));
        var made = new SimulatedCertificate(
            System.IO.Path.Combine(folder, "certificate.pem"), System.IO.Path.Combine(folder, "certificate.key"));
        File.WriteAllText(made.Path, certificate.ExportCertificatePem());
        File.WriteAllText(made.KeyPath, key.ExportPkcs8PrivateKeyPem());
        return made;
    }
}
