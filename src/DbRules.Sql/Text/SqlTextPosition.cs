namespace DbRules.Sql;

/// <summary>A position of a <see cref="SqlText"/> told as part and offset inside that part.</summary>
/// <param name="PartIndex">Index into <see cref="SqlText.Parts"/>.</param>
/// <param name="Offset">Characters from the start of that part; 0 or 1 for a hole.</param>
public readonly record struct SqlTextPosition(int PartIndex, int Offset);
