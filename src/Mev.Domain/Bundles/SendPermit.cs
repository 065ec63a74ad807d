namespace Mev.Domain.Bundles;

/// <summary>
/// Nothing is stopped and the permission to send is valid now. A sender that has to wait asks before the first byte
/// leaves; false means that it never does.
/// </summary>
public delegate bool SendPermit(BundleSubmission submission);
