using Microsoft.Extensions.Options;

namespace Mev.Adapters.Kafka;

/// <summary>Checks the annotations of <see cref="KafkaLogOptions"/> at start.</summary>
[OptionsValidator]
public sealed partial class KafkaLogOptionsValidator : IValidateOptions<KafkaLogOptions>;
