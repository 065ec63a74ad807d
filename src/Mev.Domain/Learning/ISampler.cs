using System.Collections.Immutable;
using Mev.Domain.Chain;

namespace Mev.Domain.Learning;

/// <summary>
/// A posterior with the code that draws from it. One writer at a time; choosing and applying allocate nothing. A choice
/// is a pure function of (kind, canonical bytes, context, stream), so that a record replays to the same choice.
/// </summary>
public interface ISampler
{
    /// <summary>Which sampler this is.</summary>
    SamplerKind Kind { get; }

    /// <summary>The arms; an arm's index is its place here and is permanent for the kind.</summary>
    ImmutableArray<Arm> Arms { get; }

    /// <summary>The belief as it stands.</summary>
    PosteriorId Id { get; }

    /// <summary>Length of the canonical bytes, constant for the kind.</summary>
    int CanonicalLength { get; }

    /// <summary>Writes the canonical bytes to the front of <paramref name="destination"/>.</summary>
    /// <exception cref="ArgumentException">It is shorter than <see cref="CanonicalLength"/>.</exception>
    void WriteCanonical(Span<byte> destination);

    /// <summary>Draws, scores and chooses an arm or a skip. Changes nothing.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The context holds a cost below 0.</exception>
    ArmChoice Choose(in ChoiceContext context, in DrawStream stream);

    /// <summary>Takes an event into the belief.</summary>
    /// <exception cref="ArgumentOutOfRangeException">
    /// The kind is unknown or the arm is not one of the sampler's; the belief is then unchanged.
    /// </exception>
    void Apply(in LearningEvent evidence);

    /// <summary>
    /// How many drawn values a record of a choice holds; 0 where it holds none, since they follow from arm and stream.
    /// </summary>
    int DrawsCount { get; }

    /// <summary>Weight of chance in a choice upon that value, 0 to 1; the rest is the belief's mean.</summary>
    double ChanceIn(Lamports value);

    /// <summary>Relative bonus on a landing, 0 to 2; 0 where there is none.</summary>
    double Dual { get; }

    /// <summary>Writes the drawn values behind a choice to the front of <paramref name="destination"/>.</summary>
    void WriteDraws(in ChoiceContext context, in DrawStream stream, Span<double> destination);

    /// <summary>The arm's mean probability of landing on a typical opportunity.</summary>
    double TypicalLanding(int arm);

    /// <summary>What the belief's means expect of each arm, to the front of <paramref name="destination"/>.</summary>
    /// <param name="context">What is known of the opportunity.</param>
    /// <param name="destination">As long as <see cref="Arms"/>.</param>
    void Expect(in ChoiceContext context, Span<ArmExpectation> destination);

    /// <summary>Every arm's draw and score in that decision, in index order, for people; allocates.</summary>
    ImmutableArray<ArmDraw> Explain(in ChoiceContext context, in DrawStream stream);

    /// <summary>The belief for people; allocates.</summary>
    PosteriorDescription Describe();
}
