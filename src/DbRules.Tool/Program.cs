using DbRules.Tool.Commands;

return await DbRulesCommand.RunAsync(args, Console.Out, Console.Error);
