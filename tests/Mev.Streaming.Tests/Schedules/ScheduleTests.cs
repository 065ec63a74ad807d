using CsCheck;
using Mev.Fixtures;

namespace Mev.Streaming.Tests.Schedules;

/// <summary>
/// Random schedules of publishing, reading, stalling, breaking, coming back and restarting: every lossless client has
/// each message once and in order, every state is the server's, and their checks agree.
/// </summary>
public sealed class ScheduleTests
{
    private const int Clients = 3;
    private static readonly string?[] Strategies = [null, "a", "b"];

    private static readonly Gen<(int Kind, int A, int B)[]> Schedules =
        Gen.Select(Gen.Int[0, 9], Gen.Int[0, 11], Gen.Int[0, 5], (kind, a, b) => (kind, a, b)).Array[10, 120];

    [Fact]
    public void Every_client_has_everything_once_and_in_order() =>
        Schedules.Sample(
            schedule => Assert.Empty(Run(schedule, Mutation.None).Findings), iter: Soak.Times(2_000, 100_000));

    [Fact]
    public void Schedules_meet_slow_clients_and_restarts()
    {
        var slow = 0;
        Schedules.Sample(schedule => slow += Run(schedule, Mutation.None).Slow, iter: 300, threads: 1);
        Assert.True(slow > 20, $"{slow} slow clients in 300 schedules");
    }

    [Theory]
    [InlineData("RingLosesOne")]
    [InlineData("LogSkipsOne")]
    [InlineData("ResumeRepeatsOne")]
    [InlineData("StateForgetsOne")]
    public void A_server_that_loses_or_repeats_one_is_found(string mutation)
    {
        var found = 0;
        Schedules.Sample(
            schedule => found += Run(schedule, Enum.Parse<Mutation>(mutation)).Findings.Count > 0 ? 1 : 0,
            iter: 200, threads: 1);
        Assert.True(found > 0, $"{mutation} was seen by no schedule");
    }

    private static (IReadOnlyList<string> Findings, int Slow) Run(
        (int Kind, int A, int B)[] schedule, Mutation mutation)
    {
        var server = new ScheduledServer(mutation);
        var clients = Strategies.Select(strategy => new ScheduledClient(server, strategy)).ToArray();
        foreach (var (kind, a, b) in schedule)
        {
            server.Served.NowMs += 100 * b;
            switch (kind)
            {
                case 0 or 1: server.Append(a, b); break;
                case 2: server.Set(b, a); break;
                case 3: server.Remove(b); break;
                case 4: clients[a % Clients].Drop(); break;
                case 5: clients[a % Clients].Read(b); break;
                case 6 when a == 0: server.Restart(); Array.ForEach(clients, client => client.Drop()); break;
                case 7 when a == 0: server.Age(); break;
                default: clients[a % Clients].Read(); break;
            }
        }
        foreach (var client in clients)
        {
            for (var frames = 0; client.Read() && frames < 1_000; frames++) { }
            server.Served.NowMs += 1_000; // a heartbeat with its check
            for (var frames = 0; client.Read() && frames < 1_000; frames++) { }
        }
        return ([.. clients.SelectMany(client => client.Check())], clients.Count(client => client.IsSlow));
    }
}
