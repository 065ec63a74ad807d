namespace Mev.Integration.Tests.Control;

[CollectionDefinition(Name)]
public sealed class ControlHostCollection : ICollectionFixture<ControlHost>
{
    public const string Name = "control host";
}
