using Mev.Training;

return await TrainCommand.Create().Parse(args).InvokeAsync();
