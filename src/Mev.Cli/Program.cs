using Mev.Cli;

return await Mevctl.Run(args);
