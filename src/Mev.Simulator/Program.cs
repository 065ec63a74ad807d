using Mev.Simulator;

if (SimulatorHelp.IsAsked(args))
{
    Console.WriteLine(SimulatorHelp.Text());
    return;
}
var builder = WebApplication.CreateBuilder(new WebApplicationOptions
{
    Args = args,
    ContentRootPath = AppContext.BaseDirectory,
});
builder.AddSimulator();
var app = builder.Build();
app.MapSimulator();
await app.RunAsync();
