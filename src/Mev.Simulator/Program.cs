using Mev.Simulator;

var builder = WebApplication.CreateBuilder(new WebApplicationOptions
{
    Args = args,
    ContentRootPath = AppContext.BaseDirectory,
});
builder.AddSimulator();
var app = builder.Build();
app.MapSimulator();
await app.RunAsync();
