using Mev.Domain.Learning;
using Mev.Domain.Models;

namespace Mev.Domain.Tests.Models;

public sealed class OffsetModelTests
{
    [Theory]
    [InlineData(0.7, 0.7)]
    [InlineData(-0.7, -0.7)]
    [InlineData(2.5, 1.0)]
    [InlineData(-2.5, -1.0)]
    public void An_offset_is_at_most_a_factor_of_e_either_way(double said, double offset)
    {
        var tree = new DecisionTree { Features = [], Thresholds = [], Left = [], Right = [], Leaves = [said] };
        var ensemble = TreeEnsemble.TryCreate([tree], 0.0, ModelRow.Names.Length, out _)!;
        var model = new OffsetModel(new byte[1], ensemble, trainedToMs: 0);

        Assert.Equal(offset, model.OffsetOf(new FeatureVector(0.0, 0.0, 0.0, 0.0, 0.0, 0.0), slotPosition: 0.5));
    }
}
