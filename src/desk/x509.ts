/** @peculiar/x509 with what it needs to load; import it from here. */
import 'reflect-metadata';

export * from '@peculiar/x509';
