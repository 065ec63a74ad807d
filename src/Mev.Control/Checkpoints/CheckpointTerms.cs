using Mev.Control.Signatures;

namespace Mev.Control.Checkpoints;

/// <summary>What this process signs checkpoints with, and where it keeps them.</summary>
public sealed record CheckpointTerms
{
    /// <summary>Nothing is signed.</summary>
    public static CheckpointTerms None { get; } = new();

    /// <summary>The log's name.</summary>
    public string Name { get; init; } = "";

    /// <summary>The log's key; null: nothing is signed.</summary>
    public Ed25519PrivateKey? Key { get; init; }

    /// <summary>Folder of the trees and checkpoints, with one folder for each partition.</summary>
    public string Folder { get; init; } = "";

    /// <summary>Partitions of the audit topic, from 0.</summary>
    public int Partitions { get; init; }

    /// <summary>Where the folder of a journal's file is unless it is said: beside it, under its name.</summary>
    public static string FolderBeside(string journal) => Path.ChangeExtension(journal, ".audit");

    /// <summary>By which clock what is signed is recorded. Default the system's.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>The folder of a partition.</summary>
    public static string FolderOf(string folder, int partition) => Path.Combine(folder, $"partition-{partition}");

    /// <summary>The file of a partition's checkpoints in its folder.</summary>
    public static string FileIn(string folder) => Path.Combine(folder, "checkpoints");
}
